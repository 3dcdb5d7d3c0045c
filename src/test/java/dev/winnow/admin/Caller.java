package dev.winnow.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Whoever makes calls to the running service, with what stands in the call's head.
record Caller(HttpClient client, String base, List<String> headers) {

    static Caller anonymous(int port) {
        return new Caller(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                "http://localhost:" + port,
                List.of());
    }

    /// The same caller with another header.
    Caller with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Caller(client, base, more);
    }

    /// The same caller with a name and a password.
    Caller as(String user, String password) {
        byte[] credentials = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    HttpResponse<String> post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    /// With a JSON body.
    HttpResponse<String> post(String path, String json) {
        return with("Content-Type", "application/json").send("POST", path, BodyPublishers.ofString(json));
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }
}
