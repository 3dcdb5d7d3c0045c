package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.call.AdminJson;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.admin.deadletter.RedriveOrdered;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.SchemaCheck;
import dev.winnow.receipt.Via;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;

/// A call that cannot be audited is not made.
final class AuditTest {

    private static final String REDRIVE_KEY = "key";

    private final Desk desk = new Desk();
    private final Registry registry = desk.registry;

    /// A changing call on a desk that has one file decided, one discarded, one given up, and a redrive of that under
    /// way.
    enum Change {
        SWEEP,
        CONSOLIDATE,
        REPROCESS,
        DISCARD,
        DISCARD_MANY,
        RESTORE,
        REDRIVE,
        REDRIVE_AGAIN,
        REDRIVE_EVERYTHING,
        CANCEL,
        PAUSE,
        RESUME
    }

    private final SourceFile decided = registry.bucket.put("incoming/guests/decided.csv", "name\nAda\n");
    private final SourceFile discarded =
            registry.giveUp("discarded.csv", new Grounds(Reason.HEADER_MISSING, "Cannot find: name"));
    private final SourceFile givenUp =
            registry.giveUp("given-up.csv", new Grounds(Reason.EXHAUSTED, "S3 answers SlowDown"));
    private final String redriveId;

    AuditTest() {
        registry.intake.take(decided, Via.EVENT);
        desk.letters.discard(discarded.id().value(), null);
        redriveId = redrive("{\"reason\":\"exhausted\"}", REDRIVE_KEY);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeWhoseEntryCannotBeWrittenIsNotMade(Change change) {
        int sent = registry.sqs.requests(SendMessageRequest.class).size();
        Map<String, Optional<String>> before = objects();
        registry.bucket.beforeEach(call -> {
            if (call.startsWith("create audit/")) {
                throw new StoreUnavailableException("Cannot write: S3 answers ServiceUnavailable");
            }
        });

        assertThatThrownBy(() -> make(change)).isInstanceOf(StoreUnavailableException.class);

        assertThat(registry.sqs.requests(SendMessageRequest.class)).hasSize(sent);
        assertThat(registry.sqs.requests(StartMessageMoveTaskRequest.class)).isEmpty();
        assertThat(objects()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void theSameChangeIsMadeOnceItsEntryCanBeWritten(Change change) {
        Map<String, Optional<String>> before = objects();

        make(change);

        Map<String, Optional<String>> after = objects();
        after.keySet().removeAll(before.keySet());
        assertThat(after.keySet()).anyMatch(key -> key.startsWith("audit/"));
    }

    @Test
    void theEntryOfARedriveNamesIt() {
        String id = redrive("{\"dataset\":\"guests\"}", null);

        assertThat(entries())
                .filteredOn(entry ->
                        entry.path("parameters").path("redriveId").asText().equals(id))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("call").asText()).isEqualTo("redrive"));
    }

    /// Nobody can tell beforehand: SQS may have been asked by another at the same moment.
    @Test
    void anOrderThatSqsIsAtAlreadyHasASecondEntryThatSaysSo() {
        redrive("{\"everything\":true}", null);
        Map<String, Optional<String>> before = objects();

        assertThatThrownBy(() -> redrive("{\"everything\":true}", null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.status().getStatusCode()).isEqualTo(409));

        Map<String, Optional<String>> after = objects();
        after.keySet().removeAll(before.keySet());
        assertThat(after.keySet()).hasSize(2).allMatch(key -> key.startsWith("audit/"));
        List<JsonNode> added =
                after.values().stream().map(text -> json(text.orElseThrow())).toList();
        JsonNode refusal =
                added.stream().filter(it -> it.has("refused")).findFirst().orElseThrow();
        assertThat(refusal.path("refused").asText())
                .isEqualTo("Cannot move the dead-letter queue: SQS is at it already");
        assertThat(added)
                .filteredOn(it -> !it.has("refused"))
                .extracting(it -> it.path("id").asText())
                .containsExactly(refusal.path("parameters").path("entry").asText());
        after.values()
                .forEach(text -> SchemaCheck.of(Audit.class, "audit.schema.json")
                        .accepts(text.orElseThrow().getBytes(StandardCharsets.UTF_8)));
    }

    private List<JsonNode> entries() {
        return registry.bucket.keys("audit/").stream()
                .map(key -> json(registry.bucket.text(key).orElseThrow()))
                .toList();
    }

    private Object make(Change change) {
        return switch (change) {
            case SWEEP -> desk.commands.sweep(null);
            case CONSOLIDATE -> desk.commands.consolidate(null, null, null);
            case REPROCESS -> desk.files.reprocess(decided.id().value(), null);
            case DISCARD -> desk.letters.discard(givenUp.id().value(), null);
            case DISCARD_MANY -> desk.discards.discard(json("{\"reason\":\"exhausted\"}"));
            case RESTORE -> desk.letters.restore(discarded.id().value(), null);
            case REDRIVE -> redrive("{\"dataset\":\"guests\"}", null);
            case REDRIVE_AGAIN -> redrive("{\"reason\":\"exhausted\"}", REDRIVE_KEY);
            case REDRIVE_EVERYTHING -> redrive("{\"everything\":true}", null);
            case CANCEL -> desk.steering.cancel(redriveId, null);
            case PAUSE -> desk.steering.pause(redriveId, null);
            case RESUME -> desk.steering.resume(redriveId, null);
        };
    }

    private String redrive(String body, @Nullable String key) {
        return ((RedriveOrdered) desk.redrives.order(key, json(body)).getEntity())
                .redriveId()
                .orElseThrow();
    }

    private Map<String, Optional<String>> objects() {
        Map<String, Optional<String>> objects = new TreeMap<>();
        registry.bucket.keys("").forEach(key -> objects.put(key, registry.bucket.text(key)));
        return objects;
    }

    private static JsonNode json(String text) {
        try {
            return AdminJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
