package dev.winnow.object;

import dev.winnow.file.SourceFile;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// The bucket in S3.
///
/// What S3 answers is told apart here and nowhere else. A refused condition is told by the error's code, since
/// a 412 can have other causes; a missing bucket is an outage and never a missing object.
@Singleton
public final class S3ObjectStore implements ObjectStore {

    private final S3Client s3;
    private final String bucket;
    private final S3Copy copy;

    public S3ObjectStore(S3Client s3, BucketConfig config) {
        this.s3 = s3;
        this.bucket = config.bucket();
        this.copy = new S3Copy(s3, bucket);
    }

    @Override
    public void check() {
        try {
            s3.headBucket(request -> request.bucket(bucket));
        } catch (S3Exception e) {
            throw unusable(S3Faults.ofBucket(e), e);
        } catch (SdkException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    private ConfigurationException unusable(String why, SdkException e) {
        return OutOfReachException.unlessSettled(
                "Cannot use bucket '" + bucket + "' of winnow.bucket (WINNOW_BUCKET): " + why, e);
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return ask(
                        "look at",
                        key,
                        S3Faults::isMissing,
                        () -> s3.headObject(request -> request.bucket(bucket).key(key)))
                .map(head -> new StoredObject(
                        head.eTag() == null ? "" : unquoted(head.eTag()),
                        head.contentLength(),
                        head.lastModified(),
                        head.metadata()));
    }

    @Override
    public Optional<byte[]> read(String key) {
        return ask(
                        "read",
                        key,
                        S3Faults::isMissing,
                        () -> s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key)))
                .map(ResponseBytes::asByteArray);
    }

    @Override
    public Optional<Document> fetch(String key) {
        return ask(
                        "read",
                        key,
                        S3Faults::isMissing,
                        () -> s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key)))
                .map(found -> new Document(
                        found.asByteArray(), unquoted(found.response().eTag())));
    }

    @Override
    public Listing list(String prefix, String after, int most) {
        ListObjectsV2Response page = ask(
                "list",
                prefix,
                () -> s3.listObjectsV2(request -> request.bucket(bucket)
                        .prefix(prefix)
                        .startAfter(after.isEmpty() ? null : after)
                        .maxKeys(most)));
        List<ListedObject> objects = page.contents().stream()
                .map(it -> new ListedObject(it.key(), unquoted(it.eTag()), it.size(), it.lastModified()))
                .toList();
        boolean more = Boolean.TRUE.equals(page.isTruncated()) && !objects.isEmpty();
        return new Listing(
                objects, answeredAt(page), more ? Optional.of(objects.getLast().key()) : Optional.empty());
    }

    @Override
    public List<String> folders(String prefix) {
        return ask(
                "list",
                prefix,
                () -> s3
                        .listObjectsV2Paginator(
                                request -> request.bucket(bucket).prefix(prefix).delimiter("/"))
                        .commonPrefixes()
                        .stream()
                        .map(folder -> folder.prefix()
                                .substring(prefix.length(), folder.prefix().length() - 1))
                        .toList());
    }

    @Override
    public OpenObject open(SourceFile file, long offset) {
        return ask(
                        "read",
                        file.key(),
                        S3Faults::isLost,
                        () -> s3.getObject(request -> request.bucket(bucket)
                                .key(file.key())
                                .versionId(file.versionId().orElse(null))
                                .ifMatch(quoted(file.eTag()))
                                .range(offset == 0 ? null : "bytes=" + offset + "-")))
                .map(body ->
                        new OpenObject(new AbortingStream(body), body.response().lastModified()))
                .orElseThrow(() -> new SourceLostException(file.key()));
    }

    @Override
    public boolean createIfAbsent(String key, byte[] body, String contentType) {
        return ask(
                        "create",
                        key,
                        S3Faults::isRefused,
                        () -> s3.putObject(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .contentType(contentType)
                                        .ifNoneMatch("*"),
                                RequestBody.fromBytes(body)))
                .isPresent();
    }

    @Override
    public boolean replaceIfMatch(String key, String eTag, byte[] body, String contentType) {
        return ask(
                        "replace",
                        key,
                        refusal -> S3Faults.isRefused(refusal) || S3Faults.isMissing(refusal),
                        () -> s3.putObject(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .contentType(contentType)
                                        .ifMatch(quoted(eTag)),
                                RequestBody.fromBytes(body)))
                .isPresent();
    }

    @Override
    public void put(String key, byte[] body, String contentType) {
        ask(
                "write",
                key,
                () -> s3.putObject(
                        request -> request.bucket(bucket).key(key).contentType(contentType),
                        RequestBody.fromBytes(body)));
    }

    @Override
    public void copy(SourceFile file, String toKey, String sha256) {
        if (ask("back up", file.key(), S3Faults::isLost, () -> copy.copy(file, toKey, sha256))
                .isEmpty()) {
            throw new SourceLostException(file.key());
        }
    }

    @Override
    public String startUpload(String key, String contentType, Map<String, String> metadata) {
        return ask(
                        "start the upload of",
                        key,
                        () -> s3.createMultipartUpload(request -> request.bucket(bucket)
                                .key(key)
                                .contentType(contentType)
                                .metadata(metadata)))
                .uploadId();
    }

    @Override
    public String uploadPart(String key, String uploadId, int number, byte[] buffer, int length) {
        UploadPartResponse part = ask(
                "upload a part of",
                key,
                () -> s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number),
                        PartBody.of(buffer, length)));
        return unquoted(part.eTag());
    }

    @Override
    public String copyPart(SourceFile from, long first, long length, String key, String uploadId, int number) {
        return ask(
                        "copy a part of",
                        from.key(),
                        S3Faults::isLost,
                        () -> copy.copyRange(from, first, length, key, uploadId, number))
                .orElseThrow(() -> new SourceLostException(from.key()));
    }

    @Override
    public boolean completeUploadIfMatch(String key, String uploadId, List<String> parts, Optional<String> eTag) {
        return ask(
                        "complete the upload of",
                        key,
                        // Where If-Match finds nothing at the key, S3 answers 404 NoSuchKey.
                        refusal -> S3Faults.isRefused(refusal) || S3Faults.isMissing(refusal),
                        () -> s3.completeMultipartUpload(request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .ifMatch(eTag.map(S3ObjectStore::quoted).orElse(null))
                                .ifNoneMatch(eTag.isPresent() ? null : "*")
                                .multipartUpload(upload -> upload.parts(numbered(parts)))))
                .isPresent();
    }

    @Override
    public boolean completeUpload(String key, String uploadId, List<String> parts) {
        return ask(
                        "complete the upload of",
                        key,
                        S3Faults::isNoSuchUpload,
                        () -> s3.completeMultipartUpload(request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .multipartUpload(upload -> upload.parts(numbered(parts)))))
                .isPresent();
    }

    @Override
    public void abortUpload(String key, String uploadId) {
        ask(
                "abort the upload of",
                key,
                S3Faults::isNoSuchUpload,
                () -> s3.abortMultipartUpload(
                        request -> request.bucket(bucket).key(key).uploadId(uploadId)));
    }

    @Override
    public void removeIfMatch(String key, String eTag) {
        AtomicBoolean unknownToTheStore = new AtomicBoolean();
        ask(
                "remove",
                key,
                refusal -> {
                    unknownToTheStore.set(S3Faults.isNotImplemented(refusal));
                    return S3Faults.isLost(refusal) || unknownToTheStore.get();
                },
                () -> s3.deleteObject(request -> request.bucket(bucket).key(key).ifMatch(quoted(eTag))));
        if (unknownToTheStore.get()) {
            compareThenRemove(key, eTag);
        }
    }

    @Override
    public void remove(String key) {
        ask(
                "remove",
                key,
                () -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    /// The `Date` of an answer (RFC 9110, section 6.6.1), which every store sends.
    private static Instant answeredAt(SdkResponse answer) {
        return answer.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                .orElseThrow(() -> new StoreUnavailableException("Cannot tell the store's time: it answers no Date"));
    }

    private <T> T ask(String verb, String key, Supplier<T> call) {
        return ask(verb, key, refusal -> false, call).orElseThrow();
    }

    /// Makes a call; an answer that the caller expects as a refusal is empty, every other failure is an outage.
    private <T> Optional<T> ask(String verb, String key, Predicate<S3Exception> refusal, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (S3Exception e) {
            if (refusal.test(e)) {
                return Optional.empty();
            }
            throw S3Faults.unavailable(verb, key, e);
        } catch (SdkException e) {
            throw S3Faults.unavailable(verb, key, e);
        }
    }

    /// For stores without conditional DELETE. A sender who overwrites the key between the two calls would lose
    /// that upload, which no call of such a store can prevent in an unversioned bucket.
    private void compareThenRemove(String key, String eTag) {
        if (head(key).filter(object -> object.eTag().equals(eTag)).isPresent()) {
            remove(key);
        }
    }

    static List<CompletedPart> numbered(List<String> eTags) {
        List<CompletedPart> parts = new ArrayList<>(eTags.size());
        for (String eTag : eTags) {
            int number = parts.size() + 1;
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(quoted(eTag))
                    .build());
        }
        return parts;
    }

    static String quoted(String eTag) {
        return '"' + eTag + '"';
    }

    static String unquoted(String eTag) {
        return eTag.startsWith("\"") && eTag.endsWith("\"") ? eTag.substring(1, eTag.length() - 1) : eTag;
    }
}
