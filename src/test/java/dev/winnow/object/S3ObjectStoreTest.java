package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.SourceFile;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// S3 as the SDK speaks to it, over the stand-in that dev mode uses.
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class S3ObjectStoreTest extends ObjectStoreContract {

    private static final S3Proxy SERVER;
    private static final S3Client S3;

    static {
        int port = freePort();
        SERVER = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        S3 = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.EU_WEST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("anyone", "whatever")))
                .build();
    }

    private final String bucket = "bucket-" + UUID.randomUUID();
    private final S3ObjectStore store = at(bucket);

    S3ObjectStoreTest() {
        S3.createBucket(request -> request.bucket(bucket));
    }

    @BeforeAll
    static void start() throws Exception {
        SERVER.start();
    }

    @AfterAll
    static void stop() throws Exception {
        S3.close();
        SERVER.stop();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    void put(String key, byte[] bytes) {
        S3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    @Test
    void aReceiptAndAnOutputHaveTheContentTypeAskedFor() {
        store.createIfAbsent("receipts/r.json", bytes("{}"), "application/json");
        String upload = store.startUpload("successful/s.csv", "text/csv; charset=utf-8", Map.of());
        String part = store.uploadPart("successful/s.csv", upload, 1, bytes("Ada"), 3);
        store.completeUpload("successful/s.csv", upload, List.of(part));

        assertThat(raw("receipts/r.json").contentType()).isEqualTo("application/json");
        assertThat(raw("successful/s.csv").contentType()).isEqualTo("text/csv; charset=utf-8");
    }

    @Test
    void anUploadThatIsPendingIsOnS3sOwnListUntilItIsAborted() {
        String upload = store.startUpload(KEY, "text/csv", Map.of());
        assertThat(S3.listMultipartUploads(list -> list.bucket(bucket)).uploads())
                .singleElement()
                .satisfies(pending -> assertThat(pending.uploadId()).isEqualTo(upload));

        store.abortUpload(KEY, upload);

        assertThat(S3.listMultipartUploads(list -> list.bucket(bucket)).uploads())
                .isEmpty();
    }

    @Test
    void aMissingBucketIsToldAtStart() {
        assertThatThrownBy(() -> at("no-such-bucket").check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Cannot use bucket 'no-such-bucket' of winnow.bucket (WINNOW_BUCKET): ");
    }

    @Test
    void aMissingBucketIsAnOutageAndNoMissingObject() {
        S3ObjectStore nowhere = at("no-such-bucket");
        SourceFile file = dropped(KEY, "Ada");

        assertThatThrownBy(() -> nowhere.read(KEY))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Cannot read " + KEY + ": S3 answers NoSuchBucket (404)");
        assertThatThrownBy(() -> nowhere.open(file, 0)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> nowhere.copy(file, TARGET, "00")).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> nowhere.createIfAbsent(KEY, bytes("{}"), "application/json"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> nowhere.startUpload(KEY, "text/csv", Map.of()))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private static S3ObjectStore at(String bucket) {
        return new S3ObjectStore(S3, new BucketConfig() {
            @Override
            public String bucket() {
                return bucket;
            }

            @Override
            public Optional<String> bucketOwner() {
                return Optional.empty();
            }
        });
    }

    private HeadObjectResponse raw(String key) {
        return S3.headObject(request -> request.bucket(bucket).key(key));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
