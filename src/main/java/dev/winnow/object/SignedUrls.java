package dev.winnow.object;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/// URLs by which somebody without credentials may put or get one object of the bucket for a short time, with the
/// service's own permissions and no more.
@Singleton
public final class SignedUrls {

    private static final Duration VALID = Duration.ofMinutes(5);

    private final S3Presigner presigner;
    private final S3Client s3;
    private final BucketConfig config;
    private final Clock clock;

    SignedUrls(S3Presigner presigner, S3Client s3, BucketConfig config, Clock clock) {
        this.presigner = presigner;
        this.s3 = s3;
        this.config = config;
        this.clock = clock;
    }

    /// A URL and what must be sent with it.
    ///
    /// @param headers   to be sent exactly so, since they are signed too
    /// @param expiresAt from when on the store refuses it with 403
    public record SignedUrl(String url, Map<String, String> headers, Instant expiresAt) {}

    /// A URL that creates an object; the store refuses it with 412 where there is one already.
    public SignedUrl toCreate(String key, String contentType) {
        PresignedPutObjectRequest signed = presigner.presignPutObject(presign -> presign.signatureDuration(VALID)
                .putObjectRequest(request -> request.bucket(config.bucket())
                        .key(key)
                        .contentType(contentType)
                        .ifNoneMatch("*")
                        .expectedBucketOwner(config.bucketOwner().orElse(null))));
        return signed(signed.url().toString(), signed.signedHeaders());
    }

    /// A URL that a browser saves under a name.
    public SignedUrl toSave(String key, String name) {
        PresignedGetObjectRequest signed = presigner.presignGetObject(presign -> presign.signatureDuration(VALID)
                .getObjectRequest(request -> request.bucket(config.bucket())
                        .key(key)
                        .responseContentDisposition("attachment; filename=\"" + name + '"')));
        return signed(signed.url().toString(), signed.signedHeaders());
    }

    /// Where such URLs lead to, as browsers write it: `https://winnow-intake.s3.eu-west-1.amazonaws.com`.
    public String origin() {
        URI any = URI.create(s3.utilities()
                .getUrl(request -> request.bucket(config.bucket()).key("x"))
                .toString());
        return any.getScheme() + "://" + any.getAuthority();
    }

    private SignedUrl signed(String url, Map<String, List<String>> headers) {
        Map<String, String> sent = new TreeMap<>();
        headers.forEach((name, values) -> {
            // A browser sets this one by itself.
            if (!name.equalsIgnoreCase("host")) {
                sent.put(name, String.join(",", values));
            }
        });
        return new SignedUrl(url, sent, clock.instant().plus(VALID));
    }
}
