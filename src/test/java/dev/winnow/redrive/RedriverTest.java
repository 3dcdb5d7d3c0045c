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
        assertThat(announced()).containsExactlyInAnyOrderElementsOf(bodies(files));
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

        assertThat(announced()).containsExactlyElementsOf(bodies(List.of(meant)));
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
                places.add(countdown.last);
            }
            trial.registry.bucket.mend();
            trial.registry.pass(Duration.ofMinutes(6));

            Redrive done = trial.carryOut();

            assertThat(done.state()).as("died at call %d", call).isEqualTo(Redrive.State.DONE);
            Set<String> announced = Set.copyOf(announced(trial.registry));
            assertThat(announced).as("died at call %d", call).containsExactlyInAnyOrderElementsOf(bodies(files));
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

        assertThat(Set.copyOf(announced())).containsExactlyInAnyOrderElementsOf(bodies(files));
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
        registry.office.giveUp(
                registry.delivery("m-1", "hello", 1, Map.of()), new Grounds(Reason.EVENT_UNREADABLE, "no JSON"));
        redriving.order(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of("m-1")));

        Redrive done = redriving.carryOut();

        assertThat(done.lost()).isZero();
        assertThat(registry.sent(registry.source))
                .extracting(SendMessageRequest::messageBody)
                .contains("hello");
        assertThat(registry.index.look().letters()).isEmpty();
    }

    @Test
    void aMessageThatHasLeftTheDeadLetterQueueIsToldAsLost() {
        registry.office.giveUp(
                registry.delivery("m-1", "hello", 1, Map.of()), new Grounds(Reason.EVENT_UNREADABLE, "no JSON"));
        registry.sqs.purge(registry.givenUp);
        redriving.order(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of("m-1")));

        Redrive done = redriving.carryOut();

        assertThat(done.lost()).isOne();
        assertThat(registry.register.find("m-1")).map(DeadLetter::state).contains(State.OPEN);
    }

    @Test
    void aMessageThatAnotherPassLooksAtIsNotLost() {
        registry.office.giveUp(
                registry.delivery("m-1", "hello", 1, Map.of()), new Grounds(Reason.EVENT_UNREADABLE, "no JSON"));
        redriving.order(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of("m-1")));
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
    void aFileWhoseNoticeHasExpiredIsSentAllTheSame() {
        List<SourceFile> files = redriving.giveUp(2);
        registry.sqs.purge(registry.givenUp);
        redriving.order(Redriving.ALL);

        redriving.carryOut();

        assertThat(announced()).containsExactlyInAnyOrderElementsOf(bodies(files));
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
    void aPausedRedriveLetsTheBatchOnItsWayPassAndThenStandsStill() {
        redriving.giveUp(45);
        redriving.order(Redriving.ALL);
        duringTheFirstBatch(() -> redriving.redrives.pause("r-1"));

        Redrive paused = redriving.carryOut();

        assertThat(paused.state()).isEqualTo(Redrive.State.PAUSED);
        assertThat(paused.sent()).isEqualTo(Redriver.BATCH);
        redriving.redriver.carryOut("r-1");
        assertThat(announced()).as("a duplicate command sends nothing").hasSize(Redriver.BATCH);
        assertThat(open()).hasSize(45 - Redriver.BATCH);
        assertThat(registry.sqs.depth(registry.givenUp))
                .as("those that were not sent ring on")
                .isEqualTo(45 - Redriver.BATCH);
    }

    @Test
    void aResumedRedriveGoesOnWhereItStoodAndSendsNothingTwice() {
        List<SourceFile> files = redriving.giveUp(45);
        redriving.order(Redriving.ALL);
        duringTheFirstBatch(() -> redriving.redrives.pause("r-1"));
        redriving.carryOut();

        redriving.redrives.resume("r-1");
        Redrive done = redriving.carryOut();

        assertThat(done.state()).isEqualTo(Redrive.State.DONE);
        assertThat(done.sent()).isEqualTo(45);
        assertThat(done.skipped()).isZero();
        assertThat(announced()).containsExactlyInAnyOrderElementsOf(bodies(files));
    }

    /// The delivery that was at it leaves it to that of the resumption, or two would send all the rest.
    @Test
    void aRedriveThatIsResumedBeforeItStoodStillIsGoneOnWithByOneDelivery() {
        List<SourceFile> files = redriving.giveUp(65);
        redriving.order(Redriving.ALL);
        duringTheFirstBatch(() -> {
            redriving.redrives.pause("r-1");
            redriving.redrives.resume("r-1");
        });

        redriving.redriver.carryOut("r-1");

        assertThat(announced()).hasSize(Redriver.BATCH);
        assertThat(redriving.redrives.find("r-1").orElseThrow().state()).isEqualTo(Redrive.State.RUNNING);
        assertThat(redriving.carryOut().state()).isEqualTo(Redrive.State.DONE);
        assertThat(announced())
                .as("only the batch that was on its way goes twice")
                .hasSize(65 + Redriver.BATCH);
        assertThat(Set.copyOf(announced())).containsExactlyInAnyOrderElementsOf(bodies(files));
    }

    @Test
    void aPauseThatMeetsTheEndHoldsNothing() {
        redriving.giveUp(25);
        redriving.order(Redriving.ALL);
        AtomicInteger notes = new AtomicInteger();
        registry.bucket.beforeEach(call -> {
            // As the last letters are noted, and then as the end is.
            if (call.startsWith("replace redrives/") && List.of(2, 4).contains(notes.incrementAndGet())) {
                redriving.redrives.pause("r-1");
            }
        });

        Redrive done = redriving.carryOut();

        assertThat(notes.get()).isGreaterThanOrEqualTo(4);
        assertThat(done.state()).isEqualTo(Redrive.State.DONE);
        assertThat(announced()).hasSize(25);
        assertThat(redriving.redrives.pause("r-1")).map(Redrive::state).contains(Redrive.State.DONE);
        assertThat(redriving.redrives.resume("r-1")).map(Redrive::state).contains(Redrive.State.DONE);
    }

    /// A delivery dies anywhere, the order is paused, and the command comes again before somebody resumes it.
    @Test
    void aPauseOutlivesADeliveryThatDies() {
        Set<Integer> stoodAt = new HashSet<>();
        for (int call = 1; call < 200; call++) {
            Redriving trial = new Redriving();
            List<SourceFile> files = trial.giveUp(25);
            trial.order(Redriving.ALL);
            trial.registry.bucket.beforeEach(new Countdown(call)::tick);
            boolean died = false;
            try {
                trial.redriver.carryOut("r-1");
            } catch (Redriving.Crash crash) {
                died = true;
            }
            trial.registry.bucket.mend();
            trial.registry.pass(Duration.ofMinutes(6));
            Redrive paused = trial.redrives.pause("r-1").orElseThrow();
            int sent = announced(trial.registry).size();
            trial.carryOut();

            if (paused.state() == Redrive.State.PAUSED) {
                stoodAt.add(paused.sent());
                assertThat(announced(trial.registry))
                        .as("sent while paused, died at call %d", call)
                        .hasSize(sent);
                assertThat(trial.registry.sqs.depth(trial.registry.givenUp))
                        .as("notices of letters that are not sent, died at call %d", call)
                        .isEqualTo(25 - paused.sent());
                trial.registry.pass(Duration.ofMinutes(1));
                trial.redrives.resume("r-1");
            }
            Redrive done = trial.carryOut();

            assertThat(done.state()).as("died at call %d", call).isEqualTo(Redrive.State.DONE);
            assertThat(Set.copyOf(announced(trial.registry)))
                    .as("died at call %d", call)
                    .containsExactlyInAnyOrderElementsOf(bodies(files));
            assertThat(trial.registry.sqs.depth(trial.registry.givenUp))
                    .as("notices left after dying at call %d", call)
                    .isZero();
            if (!died) {
                break;
            }
        }
        assertThat(stoodAt).containsExactlyInAnyOrder(0, Redriver.BATCH);
    }

    @Test
    void aLateDeliveryThatFoundThePauseTakesNoMarkOfWhoWentOnSince() {
        redriving.giveUp(2);
        redriving.order(Redriving.ALL);
        redriving.redrives.pause("r-1");
        AtomicBoolean resumed = new AtomicBoolean();
        registry.bucket.beforeEach(call -> {
            // It has read the order, and now looks at its first letter.
            if (call.contains("dead-letters/") && !resumed.getAndSet(true)) {
                registry.pass(Duration.ofMinutes(1));
                redriving.redrives.resume("r-1");
                redriving.redriver.carryOut("r-1");
            }
        });

        redriving.redriver.carryOut("r-1");

        assertThat(resumed).isTrue();
        assertThat(registry.index.look().letters())
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.state()).isEqualTo(State.REDRIVEN));
    }

    @Test
    void aMessageWhoseMarkWasTakenBackWhileItWasSentIsToldAsLost() {
        registry.office.giveUp(
                registry.delivery("m-1", "hello", 1, Map.of()), new Grounds(Reason.EVENT_UNREADABLE, "no JSON"));
        redriving.order(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of("m-1")));
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

    @Test
    void aPausedRedriveThatIsCancelledTellsItsEnd() {
        redriving.giveUp(25);
        redriving.order(Redriving.ALL);
        redriving.redrives.pause("r-1");
        int sent = registry.sent(registry.source).size();

        assertThat(redriving.redrives.cancel("r-1")).map(Redrive::state).contains(Redrive.State.CANCELLED);

        assertThat(registry.sent(registry.source))
                .as("the command that has it told")
                .hasSize(sent + 1);
        assertThat(redriving.redrives.pause("r-1")).map(Redrive::state).contains(Redrive.State.CANCELLED);
        assertThat(redriving.redrives.resume("r-1")).map(Redrive::state).contains(Redrive.State.CANCELLED);
        try (Logged log = new Logged("dev.winnow.redrive", Level.INFO)) {
            redriving.redriver.carryOut("r-1");
            assertThat(log.lines()).containsExactly("redrive cancelled: id=r-1 letters=25 sent=0 skipped=0 lost=0");
        }
        assertThat(announced()).isEmpty();
        assertThat(open()).hasSize(25);
    }

    @Test
    void aCancellationAndAPauseAtOnceAreACancellation() {
        redriving.giveUp(45);
        redriving.order(Redriving.ALL);
        registry.bucket.before("replace redrives/r-1.json", () -> {
            registry.bucket.mend();
            redriving.redrives.cancel("r-1");
        });

        assertThat(redriving.redrives.pause("r-1")).map(Redrive::state).contains(Redrive.State.CANCELLED);
        assertThat(redriving.carryOut().state()).isEqualTo(Redrive.State.CANCELLED);
        assertThat(announced()).isEmpty();
    }

    private void duringTheFirstBatch(Runnable act) {
        registry.bucket.before("replace redrives/r-1.json", () -> {
            registry.bucket.mend();
            act.run();
        });
    }

    private List<DeadLetter> open() {
        return registry.index.look().letters().stream()
                .filter(letter -> letter.state() == State.OPEN)
                .toList();
    }

    private List<String> announced() {
        return announced(registry);
    }

    private static List<String> announced(Registry registry) {
        return registry.sent(registry.source).stream()
                .map(SendMessageRequest::messageBody)
                .filter(body -> body.contains("Records"))
                .toList();
    }

    private static List<String> bodies(List<SourceFile> files) {
        return files.stream().map(SingleObjectNotification::of).toList();
    }

    /// Lets the process die at a call to the bucket.
    private static final class Countdown {

        private int left;
        private String last = "";

        private Countdown(int call) {
            this.left = call;
        }

        private void tick(String call) {
            last = left + " " + call;
            left--;
            if (left <= 0) {
                throw new Redriving.Crash();
            }
        }
    }
}
