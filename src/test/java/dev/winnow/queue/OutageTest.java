package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.winnow.file.SourceFile;
import dev.winnow.standin.FragileStandIns;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/// What an outage of SQS or S3 does to the running service: it waits, says so, and goes on by itself.
@QuarkusTest
@TestProfile(OutageTest.Fragile.class)
final class OutageTest {

    public static final class Fragile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(FragileStandIns.config());
            // The stand-in lets every poll end before it stops.
            config.put("mp.messaging.incoming.files.wait-time-seconds", "1");
            config.put("winnow.retry.base", "1S");
            config.put("winnow.retry.cap", "2S");
            return config;
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FragileStandIns.class);
        }
    }

    private static final String CONTENT =
            "name,email,date_of_birth,mobile_no\nAda,ada@example.com,1985-12-10,81234567\n";

    @Inject
    Outside outside;

    @Inject
    FragileStandIns aws;

    @Inject
    MeterRegistry meters;

    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    @TestHTTPResource("q/health/")
    URI health;

    @Test
    void filesGoOnBeingTakenAfterAnOutageOfSqs() {
        outside.awaitReceipt(outside.drop("incoming/membership/before.csv", CONTENT));
        assertThat(status("ready")).isEqualTo(200);

        aws.sqsDown();

        alive().until(() -> status("ready") == 503);

        aws.sqsUp();

        alive().until(() -> status("ready") == 200);
        SourceFile after = outside.drop("incoming/membership/after.csv", CONTENT);
        alive().until(() -> outside.receipt(after).isPresent());
        outside.awaitAllSettled();
    }

    @Test
    void aFileIsTakenOnceS3IsBack() {
        aws.sqsDown();
        SourceFile file = outside.drop("incoming/membership/unheard-of.csv", CONTENT);
        aws.s3Down();
        aws.sqsUp();
        alive().until(() -> status("ready") == 200);

        outside.announce(List.of(file));

        alive().until(() -> postponed() >= 2);
        assertThat(status("ready")).isEqualTo(200);

        aws.s3Up();

        alive().until(() -> outside.receipt(file).isPresent());
        outside.awaitAllSettled();
        assertThat(outside.keys("incoming/")).isEmpty();
        assertThat(outside.deadLetters()).isEmpty();
    }

    @Test
    void aChangingCallThatCannotBeAuditedIsRefusedAndSendsNothing() {
        alive().until(() -> status("ready") == 200);
        outside.awaitAllSettled();
        aws.s3Down();

        HttpResponse<String> answer = sweep();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(outside.depth()).isZero();

        aws.s3Up();

        alive().until(() -> sweep().statusCode() == 202);
    }

    private HttpResponse<String> sweep() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String credentials =
                    Base64.getEncoder().encodeToString("operator:winnow".getBytes(StandardCharsets.US_ASCII));
            HttpRequest request = HttpRequest.newBuilder(health.resolve("/admin/sweep"))
                    .header("Authorization", "Basic " + credentials)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Waits for something while the service never counts as dead.
    private ConditionFactory alive() {
        return await().atMost(Outside.SOON)
                .pollInterval(Duration.ofMillis(250))
                .failFast("liveness is lost", () -> status("live") != 200);
    }

    private int status(String check) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(health.resolve(check)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long postponed() {
        return meters.find("winnow.files").tag("outcome", "postponed").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
