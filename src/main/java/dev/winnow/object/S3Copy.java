package dev.winnow.object;

import dev.winnow.file.SourceFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// Copies an object within the bucket on S3's side, each call on condition of the source's ETag, and checks the
/// copy.
final class S3Copy {

    /// The most that one CopyObject takes:
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>.
    private static final long LARGEST_SINGLE = 5L << 30;

    /// The size of a part, as long as these are not too many.
    private static final long PART = 1L << 30;

    /// S3's limit on parts; an object may have up to 50 TB:
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>.
    private static final int MOST_PARTS = 10_000;

    private final S3Client s3;
    private final String bucket;

    S3Copy(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Copies and checks the copy: by its SHA-256, where the store tells that, or else by its ETag if it has the same
    /// as the source, or else by its length.
    ///
    /// @return true, for what else it may come to is thrown
    boolean copy(SourceFile file, String toKey, String sha256) {
        if (file.size() > LARGEST_SINGLE) {
            copyParts(file, toKey);
            checkLength(file, toKey);
        } else if (!isKnownAlike(copyWhole(file, toKey), file, sha256)) {
            checkLength(file, toKey);
        }
        return true;
    }

    private void checkLength(SourceFile file, String toKey) {
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket).key(toKey));
        if (head.contentLength() != file.size()) {
            throw new StoreUnavailableException("Cannot back up " + file.key() + ": the copy has "
                    + head.contentLength() + " bytes and the file " + file.size());
        }
    }

    private CopyObjectResult copyWhole(SourceFile file, String toKey) {
        return s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(file.key())
                        .sourceVersionId(file.versionId().orElse(null))
                        .copySourceIfMatch(S3ObjectStore.quoted(file.eTag()))
                        .destinationBucket(bucket)
                        .destinationKey(toKey)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .copyObjectResult();
    }

    private static boolean isKnownAlike(CopyObjectResult copied, SourceFile file, String sha256) {
        String checksum = copied.checksumSHA256();
        if (checksum == null) {
            return S3ObjectStore.quoted(file.eTag()).equals(copied.eTag());
        }
        if (!checksum.equals(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)))) {
            throw new StoreUnavailableException("Cannot back up " + file.key() + ": the copy's SHA-256 differs");
        }
        return true;
    }

    private void copyParts(SourceFile file, String toKey) {
        String uploadId = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(toKey))
                .uploadId();
        long part = Math.max(PART, Math.ceilDiv(file.size(), MOST_PARTS));
        boolean complete = false;
        try {
            List<String> eTags = new ArrayList<>();
            for (long start = 0; start < file.size(); start += part) {
                long length = Math.min(part, file.size() - start);
                eTags.add(copyRange(file, start, length, toKey, uploadId, eTags.size() + 1));
            }
            s3.completeMultipartUpload(request -> request.bucket(bucket)
                    .key(toKey)
                    .uploadId(uploadId)
                    .multipartUpload(upload -> upload.parts(S3ObjectStore.numbered(eTags))));
            complete = true;
        } finally {
            if (!complete) {
                s3.abortMultipartUpload(
                        request -> request.bucket(bucket).key(toKey).uploadId(uploadId));
            }
        }
    }

    /// Copies a range as one part and returns the part's ETag.
    String copyRange(SourceFile file, long first, long length, String toKey, String uploadId, int number) {
        return S3ObjectStore.unquoted(s3.uploadPartCopy(request -> request.sourceBucket(bucket)
                        .sourceKey(file.key())
                        .sourceVersionId(file.versionId().orElse(null))
                        .copySourceIfMatch(S3ObjectStore.quoted(file.eTag()))
                        .copySourceRange("bytes=" + first + "-" + (first + length - 1))
                        .destinationBucket(bucket)
                        .destinationKey(toKey)
                        .uploadId(uploadId)
                        .partNumber(number))
                .copyPartResult()
                .eTag());
    }
}
