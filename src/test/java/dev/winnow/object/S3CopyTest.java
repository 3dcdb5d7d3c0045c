package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

final class S3CopyTest {

    private static final String SOURCE = "incoming/people/day.csv";
    private static final String TARGET = "backup/people/day.csv";
    private static final String SHA_256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String SHA_256_BASE_64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
    private static final long FIVE_GIB = 5L * 1024 * 1024 * 1024;
    private static final long FIVE_TIB = 5L * 1024 * 1024 * 1024 * 1024;

    /// The largest object of all: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>.
    private static final long FIFTY_TB = 50_000_000_000_000L;

    private final RecordingS3 s3 = new RecordingS3();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, FIVE_GIB})
    void upTo5GiBOneConditionalCallCopiesTheWhole(long size) {
        copy(size);

        assertThat(s3.copies).singleElement().satisfies(copy -> {
            assertThat(copy.sourceBucket()).isEqualTo("bucket");
            assertThat(copy.sourceKey()).isEqualTo(SOURCE);
            assertThat(copy.sourceVersionId()).isEqualTo("v7");
            assertThat(copy.copySourceIfMatch()).isEqualTo("\"tag\"");
            assertThat(copy.destinationBucket()).isEqualTo("bucket");
            assertThat(copy.destinationKey()).isEqualTo(TARGET);
        });
        assertThat(s3.parts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {FIVE_GIB + 1, 6 * FIVE_GIB, 6 * FIVE_GIB + 1, FIVE_TIB - 1, FIVE_TIB, FIFTY_TB})
    void above5GiBTheRangesCoverTheFileOnceEachOnCondition(long size) {
        copy(size);

        assertThat(s3.copies).isEmpty();
        assertThat(s3.parts.size()).isLessThanOrEqualTo(10_000);
        long next = 0;
        int number = 0;
        for (UploadPartCopyRequest part : s3.parts) {
            Matcher range = Pattern.compile("bytes=(\\d+)-(\\d+)").matcher(part.copySourceRange());
            assertThat(range.matches()).as(part.copySourceRange()).isTrue();
            long first = Long.parseLong(range.group(1));
            long last = Long.parseLong(range.group(2));
            assertThat(first).isEqualTo(next);
            assertThat(last - first + 1).isBetween(1L, FIVE_GIB);
            next = last + 1;
            assertThat(part.partNumber()).isEqualTo(++number);
            assertThat(part.copySourceIfMatch()).isEqualTo("\"tag\"");
            assertThat(part.sourceKey()).isEqualTo(SOURCE);
            assertThat(part.sourceVersionId()).isEqualTo("v7");
            assertThat(part.destinationKey()).isEqualTo(TARGET);
            assertThat(part.uploadId()).isEqualTo("upload");
        }
        assertThat(next).isEqualTo(size);
        assertThat(s3.completed).singleElement().satisfies(complete -> {
            assertThat(complete.uploadId()).isEqualTo("upload");
            assertThat(complete.multipartUpload().parts())
                    .extracting(CompletedPart::partNumber)
                    .containsExactlyElementsOf(s3.parts.stream()
                            .map(UploadPartCopyRequest::partNumber)
                            .toList());
            assertThat(complete.multipartUpload().parts().getLast().eTag()).isEqualTo("\"part" + s3.parts.size() + '"');
        });
        assertThat(s3.aborted).isEmpty();
    }

    @Test
    void aPartThatFailsGivesTheUploadUp() {
        s3.failAtPart = 3;

        assertThatThrownBy(() -> copy(2 * FIVE_GIB)).isSameAs(s3.failure);

        assertThat(s3.parts).hasSize(3);
        assertThat(s3.completed).isEmpty();
        assertThat(s3.aborted).singleElement().satisfies(abort -> {
            assertThat(abort.key()).isEqualTo(TARGET);
            assertThat(abort.uploadId()).isEqualTo("upload");
        });
    }

    @Test
    void aCopyOfAnotherLengthIsNone() {
        s3.lengthOfCopy = 41L;

        assertThatThrownBy(() -> copy(42))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Cannot back up " + SOURCE + ": the copy has 41 bytes and the file 42");
    }

    @Test
    void aCopyWithTheSha256OfTheFileIsOne() {
        s3.checksumOfCopy = SHA_256_BASE_64;

        copy(42);

        assertThat(s3.copies).hasSize(1);
    }

    @Test
    void aCopyWithAnotherSha256IsNone() {
        s3.checksumOfCopy = "ABCD" + SHA_256_BASE_64.substring(4);

        assertThatThrownBy(() -> copy(42))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Cannot back up " + SOURCE + ": the copy's SHA-256 differs");
    }

    @Test
    void whatTheStoreSaysOfTheCopyIsEnoughToCheckItBy() {
        s3.lengthOfCopy = 41L;
        s3.checksumOfCopy = SHA_256_BASE_64;
        copy(42);

        s3.checksumOfCopy = null;
        s3.eTagOfCopy = "\"tag\"";
        copy(42);

        assertThat(s3.copies).hasSize(2);
    }

    private void copy(long size) {
        if (s3.lengthOfCopy == null) {
            s3.lengthOfCopy = size;
        }
        new S3Copy(s3, "bucket")
                .copy(new SourceFile("bucket", SOURCE, Optional.of("v7"), "tag", size), TARGET, SHA_256);
    }

    /// S3's side of a copy, which keeps what it was asked.
    private static final class RecordingS3 implements S3Client {

        final List<CopyObjectRequest> copies = new ArrayList<>();
        final List<UploadPartCopyRequest> parts = new ArrayList<>();
        final List<CompleteMultipartUploadRequest> completed = new ArrayList<>();
        final List<AbortMultipartUploadRequest> aborted = new ArrayList<>();
        final S3Exception failure = S3FaultsTest.error("SlowDown", 503);
        int failAtPart;

        @Nullable
        Long lengthOfCopy;

        @Nullable
        String checksumOfCopy;

        String eTagOfCopy = "\"another\"";

        @Override
        public CopyObjectResponse copyObject(CopyObjectRequest request) {
            copies.add(request);
            return CopyObjectResponse.builder()
                    .copyObjectResult(
                            result -> result.checksumSHA256(checksumOfCopy).eTag(eTagOfCopy))
                    .build();
        }

        @Override
        public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
            assertThat(request.key()).isEqualTo(TARGET);
            return CreateMultipartUploadResponse.builder().uploadId("upload").build();
        }

        @Override
        public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
            parts.add(request);
            if (parts.size() == failAtPart) {
                throw failure;
            }
            return UploadPartCopyResponse.builder()
                    .copyPartResult(part -> part.eTag("\"part" + request.partNumber() + '"'))
                    .build();
        }

        @Override
        public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
            completed.add(request);
            return CompleteMultipartUploadResponse.builder().build();
        }

        @Override
        public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
            aborted.add(request);
            return AbortMultipartUploadResponse.builder().build();
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            assertThat(request.key()).isEqualTo(TARGET);
            return HeadObjectResponse.builder().contentLength(lengthOfCopy).build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
