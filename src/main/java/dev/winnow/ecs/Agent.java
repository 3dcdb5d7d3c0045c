package dev.winnow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// The endpoint of the ECS container agent for the protection of its own task.
///
/// A refusal may come with status 200 and `failure`, as `TASK_NOT_VALID` for a task that belongs to no service, or with
/// another status and `error`. See
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html>.
final class Agent {

    /// The agent itself asks ECS, so its answer takes longer than a link-local one.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// More is no answer of the agent.
    private static final int LONGEST = 16 * 1024;

    private final URI state;
    private final ObjectMapper json;
    private final Duration patience;

    Agent(URI agent, ObjectMapper json, Duration patience) {
        this.state = URI.create(agent + "/task-protection/v1/state");
        this.json = json;
        this.patience = patience;
    }

    /// Protects the task for a time.
    ///
    /// @return why not, when it was refused
    /// @throws IOException when the agent does not answer
    Optional<String> protect(Duration expiry) throws IOException {
        return put("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":" + expiry.toMinutes() + "}");
    }

    /// Ends the protection.
    ///
    /// @return why not, when it was refused
    /// @throws IOException when the agent does not answer
    Optional<String> release() throws IOException {
        return put("{\"ProtectionEnabled\":false}");
    }

    private Optional<String> put(String body) throws IOException {
        // The agent is on this machine's own network: no proxy leads there.
        if (!(state.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
            throw new IOException("ECS_AGENT_URI is no HTTP address: " + state);
        }
        connection.setConnectTimeout(Math.toIntExact(patience.toMillis()));
        connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("PUT");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            return refusal(status, answer == null ? new byte[0] : answer.readNBytes(LONGEST));
        } finally {
            connection.disconnect();
        }
    }

    private Optional<String> refusal(int status, byte[] answer) throws IOException {
        JsonNode told = parsed(answer);
        for (JsonNode why : new JsonNode[] {
            told.path("failure").path("Reason"), told.path("error").path("Code")
        }) {
            if (why.isTextual()) {
                return Optional.of(why.asText());
            }
        }
        return status == 200 && told.path("protection").isObject()
                ? Optional.empty()
                : Optional.of("the agent answered with status " + status);
    }

    private JsonNode parsed(byte[] answer) throws IOException {
        try {
            return json.readTree(answer);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return json.missingNode();
        }
    }
}
