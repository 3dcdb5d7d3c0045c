package dev.winnow.object;

import dev.winnow.object.RandomCalls.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// The bucket in memory, on which the protocol is tried, does what an S3 does: the one at `AWS_ENDPOINT_URL`, or the
/// stand-in of dev mode where there is none.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoresAlikeTest {

    private static final int CALLS = 60;

    private static final int SEEDS = 25;

    private final Optional<S3Proxy> server;
    private final S3Client s3;

    StoresAlikeTest() {
        Optional<URI> given =
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create);
        URI endpoint = given.orElseGet(() -> URI.create("http://127.0.0.1:" + freePort()));
        server = given.isPresent()
                ? Optional.empty()
                : Optional.of(S3Proxy.builder()
                        .blobStore(new TransientNio2BlobStore())
                        .endpoint(endpoint)
                        .ignoreUnknownHeaders(true)
                        .stopTimeout(0)
                        .build());
        s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    @BeforeAll
    void start() throws Exception {
        if (server.isPresent()) {
            server.get().start();
        }
    }

    @AfterAll
    void stop() throws Exception {
        s3.close();
        if (server.isPresent()) {
            server.get().stop();
        }
    }

    @Test
    void theBucketInMemoryAnswersEveryRandomCallAsS3Does() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            String bucket = "alike-" + UUID.randomUUID();
            s3.createBucket(request -> request.bucket(bucket));
            S3ObjectStore store = new S3ObjectStore(s3, new BucketConfig() {
                @Override
                public String bucket() {
                    return bucket;
                }

                @Override
                public Optional<String> bucketOwner() {
                    return Optional.empty();
                }
            });
            RandomCalls.compare(store, new InMemoryObjectStore(), kinds(), seed, CALLS);
        }
        System.out.printf(
                "%d random calls to the bucket in memory and to %s%n",
                SEEDS * CALLS, server.isPresent() ? "the stand-in" : "the S3 at AWS_ENDPOINT_URL");
    }

    /// The stand-in takes a part of an upload that was aborted, and a listing of it may lack what stands there.
    private List<Kind> kinds() {
        return Stream.of(Kind.values())
                .filter(kind -> server.isEmpty() || (kind != Kind.PART_AFTER_END && kind != Kind.LIST))
                .toList();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
