package dev.winnow.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetter.State;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.queue.Logged;
import dev.winnow.sqs.SingleObjectNotification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

final class RedriverTest {

    private final Redriving redriving = new Redriving();
    private final Registry registry = redriving.registry;

    @Test
    void everyLetterThatIsMeantIsAnnouncedAndItsNoticeGoes() {
        List<SourceFile> files = redriving.giveUp(45);
        redriving.order(Redriving.ALL);

        Redrive done = redriving.carryOut();

        assertThat(done.state()).isEqualTo(Redrive.State.DONE);
        assertThat(done.sent()).isEqualTo(45);
        assertThat(announced()).containsExactlyInAnyOrderElementsOf(Redriving.bodies(files));
        assertThat(registry.sqs.depth(registry.givenUp)).isZero();
        assertThat(files)
                .allSatisfy(file ->
                        assertThat(registry.entry(file)).map(DeadLetter::state).contains(State.REDRIVEN));
    }

    @Test
    void anAnnouncementCountsTheRedrives() {
        redriving.giveUp(1);
        redriving.order(Redriving.ALL);

        redriving.carryOut();

        assertThat(registry.sent(registry.source))
                .filteredOn(message -> message.messageBody().contains("Records"))
                .singleElement()
                .satisfies(message -> assertThat(Registry.attributes(message))
                        .containsExactlyInAnyOrderEntriesOf(Map.of("via", "redrive", "redrives", "1")));
    }

    @Test
    void whatIsNotMeantStaysAsItIs() {
        SourceFile meant = registry.giveUp("a.csv", Redriving.MISSING);
        SourceFile other = registry.giveUp("b.csv", Redriving.EXHAUSTED);
        redriving.order(new Filter(Optional.of("header.missing"), Optional.empty(), Optional.empty(), List.of()));

        redriving.carryOut();

        assertThat(announced()).containsExactlyElementsOf(Redriving.bodies(List.of(meant)));
        assertThat(registry.entry(other)).map(DeadLetter::state).contains(State.OPEN);
        assertThat(registry.sqs.visible(registry.givenUp)).isOne();
    }

    /// The bucket's calls and SQS's are each a place to die at, before or after they have their effect.
    @Test
    void aRedriveThatDiesAnywhereIsFinishedByTheNextDelivery() {
        Set<String> places = new HashSet<>();
        for (int call = 1; call < 200; call++) {
            Redriving trial = new Redriving();
            List<SourceFile> files = trial.giveUp(25);
            trial.order(Redriving.ALL);
            Countdown countdown = new Countdown(call);
            trial.registry.bucket.beforeEach(countdown::tick);
            boolean died = false;
            try {
                trial.redriver.carryOut("r-1");
            } catch (Redriving.Crash crash) {
                died = true;
                places.add(countdown.last());
            }
            trial.registry.bucket.mend();
            trial.registry.pass(Duration.ofMinutes(6));

            Redrive done = trial.carryOut();

            assertThat(done.state()).as("died at call %d", call).isEqualTo(Redrive.State.DONE);
            Set<String> announced = Set.copyOf(trial.announced());
            assertThat(announced)
                    .as("died at call %d", call)
                    .containsExactlyInAnyOrderElementsOf(Redriving.bodies(files));
            assertThat(trial.registry.sqs.depth(trial.registry.givenUp))
                    .as("notices left after dying at call %d", call)
                    .isZero();
            if (!died) {
                break;
            }
        }
        assertThat(places).hasSizeGreaterThan(20);
    }

    @Test
    void anAnnouncementThatFailsIsTriedAgain() {
        List<SourceFile> files = redriving.giveUp(3);
        redriving.order(Redriving.ALL);
        registry.sqs.failNext(SendMessageRequest.class, SdkClientException.create("Connection refused"));

        assertThatThrownBy(() -> redriving.redriver.carryOut("r-1")).isInstanceOf(SdkClientException.class);
        redriving.carryOut();

        assertThat(Set.copyOf(announced())).containsExactlyInAnyOrderElementsOf(Redriving.bodies(files));
    }

    @Test
    void whatFailedAnewSinceItWasOrderedIsNotSentTwice() {
        SourceFile file = redriving.giveUp(1).getFirst();
        redriving.order(Redriving.ALL);
        registry.pass(Duration.ofMinutes(1));
        registry.office.giveUp(
                registry.delivery("m-2", SingleObjectNotification.of(file), 1, Map.of("redrives", "1")),
                file,
                Redriving.EXHAUSTED);

        Redrive done = redriving.carryOut();

        assertThat(done.skipped()).isOne();
        assertThat(announced()).isEmpty();
        assertThat(registry.entry(file)).map(DeadLetter::state).contains(State.OPEN);
        assertThat(registry.sqs.depth(registry.givenUp))
                .as("the notice of the new failure")
                .isOne();
    }

    @Test
    void aCancelledRedriveSendsNoMore() {
        redriving.giveUp(25);
        redriving.order(Redriving.ALL);
        registry.bucket.before("replace redrives/r-1.json", () -> {
            registry.bucket.mend();
            redriving.redrives.cancel("r-1");
        });

        Redrive cancelled = redriving.carryOut();

        assertThat(cancelled.state()).isEqualTo(Redrive.State.CANCELLED);
        assertThat(announced()).hasSize(Redriver.BATCH);
        assertThat(registry.index.look().letters())
                .filteredOn(letter -> letter.state() == State.OPEN)
                .hasSizeGreaterThanOrEqualTo(25 - Redriver.BATCH);
    }

    @Test
    void aMessageThatNamesNoFileIsSentFromTheDeadLetterQueue() {
        orderMessage();

        Redrive done = redriving.carryOut();

        assertThat(done.lost()).isZero();
        assertThat(registry.sent(registry.source))
                .extracting(SendMessageRequest::messageBody)
                .contains("hello");
        assertThat(registry.index.look().letters()).isEmpty();
    }

    @Test
    void aMessageThatHasLeftTheDeadLetterQueueIsToldAsLost() {
        orderMessage();
        registry.sqs.purge(registry.givenUp);

        Redrive done = redriving.carryOut();

        assertThat(done.lost()).isOne();
        assertThat(registry.register.find("m-1")).map(DeadLetter::state).contains(State.OPEN);
    }

    @Test
    void aMessageThatAnotherPassLooksAtIsNotLost() {
        orderMessage();
        registry.sqs.receiveMessage(request ->
                request.queueUrl(registry.givenUp).maxNumberOfMessages(10).visibilityTimeout(60));

        assertThatThrownBy(() -> redriving.redriver.carryOut("r-1")).isInstanceOf(StoreUnavailableException.class);
        registry.pass(Duration.ofMinutes(2));
        Redrive done = redriving.carryOut();

        assertThat(done.lost()).isZero();
        assertThat(registry.sent(registry.source))
                .extracting(SendMessageRequest::messageBody)
                .contains("hello");
    }

    @Test
    void aMessageThatAnotherPassShowsAgainBehindThisOneIsNotLost() {
        orderMessage();
        registry.sqs.receiveMessage(request ->
                request.queueUrl(registry.givenUp).maxNumberOfMessages(10).visibilityTimeout(60));
        List<String> calls = new ArrayList<>();
        registry.bucket.beforeEach(call -> {
            calls.add(call);
            // The first look at the entry behind the pass, which itself has seen no message.
            if (calls.stream().anyMatch(it -> it.startsWith("replace redrives/"))
                    && call.startsWith("fetch dead-letters/")) {
                registry.pass(Duration.ofMinutes(2));
            }
        });

        assertThatThrownBy(() -> redriving.redriver.carryOut("r-1")).isInstanceOf(StoreUnavailableException.class);
        registry.bucket.mend();
        Redrive done = redriving.carryOut();

        assertThat(calls).anyMatch(it -> it.startsWith("replace redrives/"));
        assertThat(done.lost()).isZero();
        assertThat(registry.index.look().letters()).isEmpty();
    }

    @Test
    void aFileWhoseNoticeHasExpiredIsSentAllTheSame() {
        List<SourceFile> files = redriving.giveUp(2);
        registry.sqs.purge(registry.givenUp);
        redriving.order(Redriving.ALL);

        redriving.carryOut();

        assertThat(announced()).containsExactlyInAnyOrderElementsOf(Redriving.bodies(files));
    }

    @Test
    void theEndIsToldOnceHoweverOftenTheOrderWasGivenAndItsCommandComes() {
        redriving.giveUp(1);
        redriving.order(Redriving.ALL);
        redriving.order(Redriving.ALL);

        try (Logged log = new Logged("dev.winnow.redrive", Level.INFO)) {
            redriving.redriver.carryOut("r-1");
            redriving.redriver.carryOut("r-1");

            assertThat(log.lines()).containsExactly("redrive done: id=r-1 letters=1 sent=1 skipped=0 lost=0");
        }
        assertThat(registry.sent(registry.source))
                .filteredOn(message -> message.messageBody().contains("Records"))
                .hasSize(1);
    }

    @Test
    void ofTwoDeliveriesAtOnceOneTellsTheEnd() {
        redriving.giveUp(1);
        redriving.order(Redriving.ALL);
        AtomicBoolean other = new AtomicBoolean();
        AtomicInteger notes = new AtomicInteger();

        try (Logged log = new Logged("dev.winnow.redrive", Level.INFO)) {
            registry.bucket.beforeEach(call -> {
                // The second delivery comes as the first is about to note its end: its second note.
                if (call.startsWith("replace redrives/") && notes.incrementAndGet() == 2) {
                    other.set(true);
                    redriving.redriver.carryOut("r-1");
                }
            });
            redriving.redriver.carryOut("r-1");

            assertThat(other).isTrue();
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void anOrderThatIsCancelledAtItsEndStaysSo() {
        redriving.giveUp(1);
        redriving.order(Redriving.ALL);
        AtomicInteger notes = new AtomicInteger();

        registry.bucket.beforeEach(call -> {
            if (call.startsWith("replace redrives/") && notes.incrementAndGet() == 2) {
                redriving.redrives.cancel("r-1");
            }
        });
        redriving.redriver.carryOut("r-1");

        assertThat(redriving.redrives.find("r-1").orElseThrow().state()).isEqualTo(Redrive.State.CANCELLED);
    }

    @Test
    void anOrderThatIsGoneIsNoReasonToTryForEver() {
        redriving.redriver.carryOut("r-none");

        assertThat(registry.sent(registry.source)).isEmpty();
    }

    @Test
    void aMessageWhoseMarkWasTakenBackWhileItWasSentIsToldAsLost() {
        orderMessage();
        AtomicInteger notes = new AtomicInteger();
        registry.bucket.beforeEach(call -> {
            if (call.startsWith("replace redrives/") && notes.incrementAndGet() == 1) {
                DeadLetter letter = registry.register.find("m-1").orElseThrow();
                registry.register.change(letter, DeadLetter::notSentBack);
            }
        });

        assertThat(redriving.carryOut().lost()).isOne();
        assertThat(registry.register.find("m-1")).map(DeadLetter::state).contains(State.OPEN);
    }

    /// Gives up a message that names no file, and orders its redrive.
    private void orderMessage() {
        registry.office.giveUp(
                registry.delivery("m-1", "hello", 1, Map.of()), new Grounds(Reason.EVENT_UNREADABLE, "no JSON"));
        redriving.order(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of("m-1")));
    }

    private List<String> announced() {
        return redriving.announced();
    }
}
