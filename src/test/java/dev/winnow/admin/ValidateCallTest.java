package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Settings;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.admin.validation.ValidationResource;
import dev.winnow.decision.Datasets;
import dev.winnow.object.ObjectStore;
import dev.winnow.record.ReadLimits;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Dry runs over HTTP. In the tests an upload has at most 1 MiB.
@QuarkusTest
final class ValidateCallTest {

    private static final String PATH = "/admin/validate?dataset=membership";
    private static final String HEADER = "name,email,date_of_birth,mobile_no,referred_by\n";
    private static final String REJECTED = "Kim Young,kim@example.org,2010-01-01,123,Secret\n";

    private final int port;
    private final Caller viewer;
    private final ObjectStore store;
    private final Datasets datasets;
    private final ReadLimits limits;

    ValidateCallTest(
            @ConfigProperty(name = "quarkus.http.test-port") int port,
            ObjectStore store,
            Datasets datasets,
            ReadLimits limits) {
        this.port = port;
        this.viewer = Caller.anonymous(port).as("viewer", "winnow").with("Content-Type", "text/csv");
        this.store = store;
        this.datasets = datasets;
        this.limits = limits;
    }

    @Test
    void aFileIsDecidedAndNothingIsWritten() {
        List<String> before = keys();

        JsonNode verdict =
                Caller.json(upload(HEADER + "Ada Lovelace,ada@example.com,1985-12-10,81234567,Piet\n" + REJECTED));

        assertThat(verdict.path("readable").asBoolean()).isTrue();
        assertThat(verdict.path("records").toString())
                .isEqualTo("{\"read\":2,\"accepted\":1,\"rejected\":1,\"unreadable\":0}");
        assertThat(verdict.path("violations").toString())
                .isEqualTo("{\"age.under\":1,\"email.domain\":1,\"mobile.invalid\":1}");
        assertThat(verdict.path("columns").path("unknown").toString()).isEqualTo("[\"referred_by\"]");
        assertThat(verdict.path("rows").size()).isOne();
        assertThat(verdict.path("rows").path(0).path("line").asInt()).isEqualTo(3);
        assertThat(verdict.path("truncated").asBoolean()).isFalse();
        assertThat(verdict.toString()).doesNotContain("Kim", "Secret", "123\"");
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void aFileThatCannotBeReadIsAVerdictToo() {
        HttpResponse<String> answer = upload("name,email\nAda,ada@example.com\n");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode verdict = Caller.json(answer);
        assertThat(verdict.path("readable").asBoolean()).isFalse();
        assertThat(verdict.path("reason").asText()).isEqualTo("header.missing");
        assertThat(verdict.path("detail").asText())
                .contains("date_of_birth, mobile_no")
                .doesNotContain("ada@");
        assertThat(verdict.path("missing").toString()).isEqualTo("[\"date_of_birth\",\"mobile_no\"]");
        assertThat(verdict.has("records")).isFalse();
        assertThat(Caller.json(upload("name,\"email\n")).has("missing"))
                .as("of a file that is unreadable for another reason")
                .isFalse();
    }

    @Test
    void ofManyRowsOnlyTheFirstAreListed() {
        JsonNode verdict = Caller.json(upload(HEADER + REJECTED.repeat(5000)));

        assertThat(verdict.path("records").path("rejected").asInt()).isEqualTo(5000);
        assertThat(verdict.path("rows").size()).isEqualTo(100);
        assertThat(verdict.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void anUploadOverTheLimitIsRefusedByTheLengthItTells() {
        HttpResponse<String> answer = upload(HEADER + REJECTED.repeat(30_000));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Caller.json(answer).path("detail").asText())
                .isEqualTo("Cannot read the body: it has more than 1048576 bytes");
    }

    @Test
    void anUploadOverTheLimitIsRefusedWithoutALengthToo() {
        byte[] bytes = (HEADER + REJECTED.repeat(30_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void anUploadOverTheLimitIsRefusedAlsoWhereItCouldNotBeRead() {
        byte[] bytes = ("name\n" + "x\n".repeat(600_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void moreUploadsAtOnceThanMayBeAreToldToComeLater() throws IOException {
        try (Socket first = begin();
                Socket second = begin()) {
            HttpResponse<String> refused =
                    Awaitility.await().until(() -> upload(HEADER), answer -> answer.statusCode() == 429);

            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isPositive();
            assertThat(end(first)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(end(second)).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(upload(HEADER).statusCode()).isEqualTo(200);
    }

    /// Begins an upload of the header and leaves its last byte out.
    private Socket begin() throws IOException {
        Socket socket = new Socket("localhost", port);
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\n%s: %s\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\n"
                        .formatted(
                                PATH, viewer.headers().get(0), viewer.headers().get(1), HEADER.length());
        socket.getOutputStream()
                .write((head + HEADER.substring(0, HEADER.length() - 1)).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /// Sends the last byte and returns the status line.
    private static String end(Socket socket) throws IOException {
        socket.getOutputStream().write('\n');
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    @Test
    void moreUploadsThanAMinuteAllowsAreToldToComeLater() {
        ValidationResource calls =
                new ValidationResource(datasets, limits, Settings.of(Map.of("validation.per-minute", "1")));
        calls.validate("membership", null, InputStream.nullInputStream());

        assertThatThrownBy(() -> calls.validate("membership", null, InputStream.nullInputStream()))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.status().getStatusCode()).isEqualTo(429);
                    assertThat(e.retryAfter()).isPresent();
                });
    }

    private HttpResponse<String> upload(String content) {
        return send(BodyPublishers.ofString(content));
    }

    private HttpResponse<String> send(BodyPublisher body) {
        return viewer.send("POST", PATH, body);
    }

    private List<String> keys() {
        return store.list("audit/", "", 1000).objects().stream()
                .map(it -> it.key())
                .toList();
    }
}
