package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Calls that are denied or malformed, each with the problem that answers it.
@QuarkusTest
final class RefusedCallsTest {

    private final Caller anonymous;

    RefusedCallsTest(@ConfigProperty(name = "quarkus.http.test-port") int port) {
        anonymous = Caller.anonymous(port);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
    @CsvFileSource(resources = "refused-calls.csv", numLinesToSkip = 1, delimiter = '|', emptyValue = "")
    void aRefusedCallIsAnsweredByItsProblem(
            String credentials, String method, String path, String header, String body, int status, String detail) {
        Caller caller = anonymous;
        if (!credentials.equals("-")) {
            caller = credentials.contains(" ")
                    ? caller.with("Authorization", credentials)
                    : caller.as(credentials.split(":", 2)[0], credentials.split(":", 2)[1]);
        }
        if (!header.equals("-")) {
            caller = caller.with(header.split(": ", 2)[0], header.split(": ", 2)[1]);
        }

        HttpResponse<String> answer =
                caller.send(method, path, body.equals("-") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Caller.json(answer);
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("instance").asText()).isEqualTo(path.replaceFirst("\\?.*", ""));
        assertThat(problem.toString()).contains(detail);
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
    }
}
