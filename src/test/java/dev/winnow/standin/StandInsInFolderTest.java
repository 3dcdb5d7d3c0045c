package dev.winnow.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stand-ins as dev mode uses them.
final class StandInsInFolderTest extends StandInsContract {

    StandInsInFolderTest() throws Exception {
        super(Optional.of(
                Files.createTempDirectory(Path.of("target"), "stand-ins-").toAbsolutePath()));
    }

    /// Two steps up from the bucket's folder lies what is nobody's object.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../other",
                "%2e%2e/%2e%2e/other",
                "..%2f..%2fother",
                "%2e%2e%2f%2e%2e%2fother",
                "incoming/../../../other",
                "incoming/%2e%2e/%2e%2e/%2e%2e/other",
                "incoming%2f..%2f..%2f..%2fother",
                "..%5c..%5cother",
                "/../../other",
                "%2f..%2f..%2fother"
            })
    void aKeyThatLeadsUpwardsReachesNothingOutsideOfTheBucket(String key) throws Exception {
        Path data = settings().data().orElseThrow();
        Path other = Files.writeString(data.resolve("other"), "not an object");
        try (HttpClient http = HttpClient.newHttpClient()) {
            answer(http, "own", request -> request.PUT(BodyPublishers.ofString("an object")));
            assertThat(answer(http, "own", request -> request.GET())).isEqualTo("200 an object");
            assertThat(answer(http, key, request -> request.GET())).doesNotContain("not an object");
            answer(http, key, request -> request.PUT(BodyPublishers.ofString("overwritten")));
            answer(http, key + "2", request -> request.PUT(BodyPublishers.ofString("escaped")));
            answer(
                    http,
                    "stolen",
                    request -> request.PUT(BodyPublishers.noBody()).header("x-amz-copy-source", "/intake/" + key));
            assertThat(answer(http, "stolen", request -> request.GET())).doesNotContain("not an object");
            answer(http, key, request -> request.DELETE());
        }
        assertThat(other).content().isEqualTo("not an object");
        assertThat(data.resolve("other2")).doesNotExist();
        assertThat(data.resolve("s3").resolve("other")).doesNotExist();
        assertThat(data.resolve("s3").resolve("other2")).doesNotExist();
    }

    private String answer(HttpClient http, String key, UnaryOperator<HttpRequest.Builder> call)
            throws IOException, InterruptedException {
        URI uri = URI.create(settings().s3() + "/intake/" + key);
        HttpResponse<String> response =
                http.send(call.apply(HttpRequest.newBuilder(uri)).build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
