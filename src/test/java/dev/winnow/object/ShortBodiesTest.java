package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// What the SDK sends to a server that takes everything.
final class ShortBodiesTest {

    private final BlockingQueue<Optional<String>> expectations = new LinkedBlockingQueue<>();
    private HttpServer server;
    private S3Client s3;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            expectations.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Expect")));
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("ETag", "\"any\"");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        s3 = S3Client.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .forcePathStyle(true)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(ApacheHttpClient.builder().expectContinueEnabled(false))
                .overrideConfiguration(overrides -> overrides.addExecutionInterceptor(new ShortBodies()))
                .build();
    }

    @AfterEach
    void stop() {
        s3.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    0,
                    1,
                    1048575,
                    1048576,    100-continue
                    5242880,    100-continue
                    """)
    void onlyALongBodyWaitsToBeAskedFor(int length, String expectation) throws InterruptedException {
        byte[] body = new byte[length];

        s3.putObject(request -> request.bucket("any").key("any"), RequestBody.fromBytes(body));
        s3.uploadPart(
                request -> request.bucket("any").key("any").uploadId("any").partNumber(1), PartBody.of(body, length));

        assertThat(expectations.take()).isEqualTo(Optional.ofNullable(expectation));
        assertThat(expectations.take()).isEqualTo(Optional.ofNullable(expectation));
    }
}
