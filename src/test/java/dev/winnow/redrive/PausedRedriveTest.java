package dev.winnow.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetter.State;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.SourceFile;
import dev.winnow.queue.Logged;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/// A redrive that is held while it goes on, ends, dies, is cancelled, or is taken up again.
final class PausedRedriveTest {

    private final Redriving redriving = new Redriving();
    private final Registry registry = redriving.registry;

    @Test
    void aPausedRedriveLetsTheBatchOnItsWayPassAndThenStandsStill() {
        redriving.giveUp(45);
        redriving.order(Redriving.ALL);
        duringTheFirstBatch(() -> redriving.redrives.pause("r-1"));

        Redrive paused = redriving.carryOut();

        assertThat(paused.state()).isEqualTo(Redrive.State.PAUSED);
        assertThat(paused.sent()).isEqualTo(Redriver.BATCH);
        redriving.redriver.carryOut("r-1");
        assertThat(redriving.announced())
                .as("a duplicate command sends nothing")
                .hasSize(Redriver.BATCH);
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
        assertThat(redriving.announced()).containsExactlyInAnyOrderElementsOf(Redriving.bodies(files));
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

        assertThat(redriving.announced()).hasSize(Redriver.BATCH);
        assertThat(redriving.redrives.find("r-1").orElseThrow().state()).isEqualTo(Redrive.State.RUNNING);
        assertThat(redriving.carryOut().state()).isEqualTo(Redrive.State.DONE);
        assertThat(redriving.announced())
                .as("only the batch that was on its way goes twice")
                .hasSize(65 + Redriver.BATCH);
        assertThat(Set.copyOf(redriving.announced())).containsExactlyInAnyOrderElementsOf(Redriving.bodies(files));
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
        assertThat(redriving.announced()).hasSize(25);
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
            int sent = trial.announced().size();
            trial.carryOut();

            if (paused.state() == Redrive.State.PAUSED) {
                stoodAt.add(paused.sent());
                assertThat(trial.announced())
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
            assertThat(Set.copyOf(trial.announced()))
                    .as("died at call %d", call)
                    .containsExactlyInAnyOrderElementsOf(Redriving.bodies(files));
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
        assertThat(redriving.announced()).isEmpty();
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
        assertThat(redriving.announced()).isEmpty();
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
}
