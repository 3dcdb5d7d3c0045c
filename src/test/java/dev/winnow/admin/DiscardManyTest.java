package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.call.AdminJson;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.admin.deadletter.DiscardAnswer;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetter.State;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.sqs.SingleObjectNotification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// What becomes of dead letters that are discarded many at a time.
final class DiscardManyTest {

    private static final Grounds MISSING = new Grounds(Reason.HEADER_MISSING, "Cannot find: name");
    private static final String FILTER = "\"reason\":\"header.missing\"";

    private final Desk desk = new Desk();
    private final Registry registry = desk.registry;

    @Test
    void allThatMatchAreDiscardedWithOneEntryAndOnePassOverTheQueue() {
        giveUp(45);
        registry.giveUp("other.csv", new Grounds(Reason.EXHAUSTED, "S3 answers SlowDown"));

        DiscardAnswer answer = desk.discards.discard(json("{" + FILTER + ",\"note\":\"never mind\"}"));

        assertThat(answer.matched()).isEqualTo(45);
        assertThat(answer.discarded()).contains(45);
        assertThat(answer.skipped()).contains(0);
        assertThat(in(State.DISCARDED)).hasSize(45);
        assertThat(in(State.OPEN)).extracting(DeadLetter::reason).containsExactly("exhausted");
        assertThat(registry.bucket.keys("audit/")).singleElement().satisfies(key -> {
            JsonNode entry = json(registry.bucket.text(key).orElseThrow());
            assertThat(entry.path("call").asText()).isEqualTo("discardDeadLetters");
            assertThat(entry.path("parameters").toString()).isEqualTo("{\"matched\":45,\"reason\":\"header.missing\"}");
            assertThat(entry.path("note").asText()).isEqualTo("never mind");
        });
        assertThat(registry.sent(registry.source))
                .extracting(SendMessageRequest::messageBody)
                .containsExactly("{\"winnow\":{\"command\":\"reconcile\"}}");
    }

    @Test
    void ofMoreThanALookIsForTheRestComesToLightAsTheFirstGo() {
        giveUp(25_000);

        DiscardAnswer first = desk.discards.discard(json("{" + FILTER + "}"));
        assertThat(first.discarded()).contains(10_000);
        assertThat(first.left()).isEqualTo(10_000);
        assertThat(first.exact()).as("20,000 were looked at").isFalse();
        DiscardAnswer second = desk.discards.discard(json("{" + FILTER + "}"));
        assertThat(second.discarded()).contains(10_000);
        assertThat(second.left()).isEqualTo(5_000);
        assertThat(second.exact()).isTrue();
        DiscardAnswer third = desk.discards.discard(json("{" + FILTER + "}"));
        assertThat(third.discarded()).contains(5_000);
        assertThat(third.left()).isZero();
        assertThat(third.exact()).isTrue();
        assertThat(in(State.OPEN)).isEmpty();
    }

    @Test
    void aLookDiscardsNothingAndItsTokenHoldsAsLongAsNothingChanges() {
        giveUp(7);
        DiscardAnswer look = desk.discards.discard(json("{" + FILTER + ",\"dryRun\":true}"));
        String order = "{" + FILTER + ",\"token\":\"" + look.token().orElseThrow() + "\"}";

        assertThat(look.matched()).isEqualTo(7);
        assertThat(look.samples().orElseThrow()).hasSize(5);
        assertThat(in(State.OPEN)).hasSize(7);
        registry.giveUp("late.csv", MISSING);
        assertThatThrownBy(() -> desk.discards.discard(json(order)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.status().getStatusCode()).isEqualTo(409));
        assertThat(in(State.OPEN)).hasSize(8);
        assertThat(registry.bucket.keys("audit/")).as("nothing is done").isEmpty();

        registry.bucket.remove("dead-letters/guests/" + late().id() + ".json");
        assertThat(desk.discards.discard(json(order)).discarded()).contains(7);
    }

    @Test
    void whatIsOnItsWayStaysAndWhatHasComeBackTooOftenGoes() {
        List<SourceFile> files = giveUp(3);
        change(files.get(0), it -> it.sentBack("r-1", registry.clock.instant()));
        registry.office.giveUp(
                registry.delivery("m-4", SingleObjectNotification.of(files.get(1)), 1, Map.of("redrives", "3")),
                files.get(1),
                MISSING);

        DiscardAnswer answer = desk.discards.discard(json("{" + FILTER + "}"));

        assertThat(answer.underWay()).isOne();
        assertThat(answer.discarded()).contains(2);
        assertThat(registry.entry(files.getFirst())).map(DeadLetter::state).contains(State.REDRIVEN);
    }

    @Test
    void whatChangesBetweenTheLookAndItsTurnIsPassedOver() {
        List<SourceFile> files = giveUp(3);
        registry.bucket.beforeEach(call -> {
            if (call.startsWith("create audit/")) {
                registry.bucket.mend();
                registry.pass(Duration.ofMinutes(1));
                registry.office.giveUp(
                        registry.delivery("m-2", SingleObjectNotification.of(files.get(0)), 1, Map.of("redrives", "1")),
                        files.get(0),
                        MISSING);
                registry.bucket.remove("dead-letters/guests/" + files.get(1).id() + ".json");
            }
        });

        DiscardAnswer answer = desk.discards.discard(json("{" + FILTER + "}"));

        assertThat(answer.discarded()).contains(1);
        assertThat(answer.skipped()).contains(2);
        assertThat(registry.entry(files.getFirst()))
                .as("the failure that nobody has looked at")
                .map(DeadLetter::state)
                .contains(State.OPEN);
    }

    @Test
    void aCallThatDiesMidwayIsFinishedByTheNext() {
        giveUp(40);
        AtomicInteger changes = new AtomicInteger();
        registry.bucket.beforeEach(call -> {
            if (call.startsWith("replace dead-letters/") && changes.incrementAndGet() > 10) {
                throw new StoreUnavailableException("Cannot write: S3 answers ServiceUnavailable");
            }
        });
        assertThatThrownBy(() -> desk.discards.discard(json("{" + FILTER + "}")))
                .isInstanceOf(StoreUnavailableException.class);
        registry.bucket.mend();
        assertThat(in(State.OPEN)).as("those whose turn never came").isNotEmpty();

        desk.discards.discard(json("{" + FILTER + "}"));

        assertThat(in(State.DISCARDED)).hasSize(40);
    }

    private DeadLetter late() {
        return in(State.OPEN).stream()
                .filter(letter -> letter.key().orElseThrow().endsWith("late.csv"))
                .findFirst()
                .orElseThrow();
    }

    private List<SourceFile> giveUp(int files) {
        List<SourceFile> given = new ArrayList<>();
        for (int number = 0; number < files; number++) {
            given.add(registry.giveUp(number + ".csv", MISSING));
        }
        return given;
    }

    private List<DeadLetter> in(State state) {
        return registry.index.look().letters().stream()
                .filter(letter -> letter.state() == state)
                .toList();
    }

    private void change(SourceFile file, UnaryOperator<DeadLetter> change) {
        registry.register.change(registry.entry(file).orElseThrow(), change);
    }

    private static JsonNode json(String text) {
        try {
            return AdminJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
