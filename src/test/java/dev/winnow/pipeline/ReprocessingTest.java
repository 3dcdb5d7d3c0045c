package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.pipeline.Script.Fault;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A file whose source is long gone is decided again under other rules, disturbed at every call in every way, with
/// something else coming in between at every other one: one further generation comes of it, whole and alone.
final class ReprocessingTest {

    private static final int TEN = 10;

    private final Map<String, String> undisturbed = undisturbed();
    private final int calls = Trials.calls(taken(), (site, intake) -> intake.reprocess(file(site), 1));

    @Test
    void theBackupIsDecidedUnderTodaysRulesAndReplacesWhatWas() {
        Site site = taken();
        SourceFile file = file(site);
        Receipt first = site.receipt(file, 1).orElseThrow();

        assertThat(site.reprocess(file, 1)).isInstanceOf(Taken.Committed.class);

        Receipt second = site.receipt(file, 2).orElseThrow();
        assertThat(second.via()).isEqualTo(Via.REPROCESS);
        assertThat(second.replaces()).contains("receipts/people/" + file.id() + ".json");
        assertThat(second.rulesVersion()).isNotEqualTo(first.rulesVersion());
        assertThat(second.sourceSha256()).isEqualTo(first.sourceSha256());
        assertThat(second.backup()).isEqualTo(first.backup());
        assertThat(site.outputs(Outcome.SUCCESSFUL)).isEqualTo("person\nAda\nBlaise\nGrace\n");
        assertThat(site.receipt(file, 1)).contains(first);
        site.assertSettled(file);
    }

    @Test
    void theSameCommandAgainChangesNothing() {
        Site site = taken();
        SourceFile file = file(site);
        site.reprocess(file, 1);

        assertThat(site.reprocess(file, 1))
                .isEqualTo(new Taken.AlreadyCommitted(site.receipt(file, 2).orElseThrow()));

        assertThat(site.content()).isEqualTo(undisturbed);
    }

    @Test
    void aGenerationThatReplacedAnotherMayBeReplacedItself() {
        Site site = taken();
        SourceFile file = file(site);
        site.reprocess(file, 1);
        site.youngest = 40;

        assertThat(site.reprocess(file, 2)).isInstanceOf(Taken.Committed.class);
        assertThat(site.reprocess(file, 1)).isInstanceOf(Taken.AlreadyCommitted.class);

        assertThat(site.outputs(Outcome.SUCCESSFUL)).isEqualTo("person\nGrace\n");
        assertThat(site.receipt(file, 4)).isEmpty();
        site.assertSettled(file);
    }

    @Test
    void everyFaultAtEveryCallIsFinishedByTheNextDelivery() {
        Trials.everyFault(calls, (faultAt, fault) -> {
            Site site = taken();
            play(site, new Script(site, 0, () -> {}, faultAt, fault));

            site.reprocess(file(site), 1);

            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void aSecondWorkerMayComeInAtAnyCall() {
        inBetween(
                site -> site.reprocess(file(site), 1),
                site -> assertThat(site.content()).isEqualTo(undisturbed));
    }

    @Test
    void theEventMayComeAgainAtAnyCall() {
        inBetween(
                site -> site.deliver(file(site)),
                site -> assertThat(site.content()).isEqualTo(undisturbed));
    }

    @Test
    void theSameBytesMayBeSentAgainAtAnyCall() {
        inBetween(site -> site.drop(Site.FIRST), site -> {
            site.deliver(file(site));
            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void aSecondWorkerUnderOtherRulesNeverMixesIn() {
        Consumer<Site> otherRules = site -> {
            site.youngest = 40;
            site.reprocess(file(site), 1);
        };
        inBetween(otherRules, site -> site.assertSettled(file(site)));
    }

    @Test
    void pendingUploadsMayExpireAtAnyCall() {
        inBetween(site -> site.bucket.expireUploads(), site -> site.assertSettled(file(site)));
    }

    @Test
    void ofTwoCommandsAtOnceOneCommitsAndTheOtherLeavesNothingPending() {
        for (int interruptedAt = 1; interruptedAt <= calls; interruptedAt++) {
            Site site = taken();
            List<Taken> ends = new ArrayList<>();
            Script script =
                    new Script(site, interruptedAt, () -> ends.add(site.reprocess(file(site), 1)), 0, Fault.NONE);

            ends.add(site.worker(script).reprocess(file(site), 1));

            assertThat(ends)
                    .as("interrupted at call %d", interruptedAt)
                    .extracting(Taken::code)
                    .containsExactlyInAnyOrder("committed", "already-committed");
            assertThat(site.bucket.pendingUploads())
                    .as("uploads pending after an interruption at call %d", interruptedAt)
                    .isZero();
        }
    }

    @Test
    void uploadsThatExpiredAfterTheCommitAreDecidedOnceMore() {
        Site site = taken();
        SourceFile file = file(site);
        crash(site, "complete successful/");
        site.bucket.expireUploads();

        assertThat(site.reprocess(file, 1)).isInstanceOf(Taken.Committed.class);

        assertThat(site.receipt(file, 3)).isPresent();
        site.assertSettled(file);
    }

    @Test
    void anEventThatCameFirstDoesNotKeepExpiredUploadsFromBeingDecidedOnceMore() {
        Site site = taken();
        SourceFile file = file(site);
        crash(site, "complete successful/");
        site.bucket.expireUploads();
        site.deliver(file);

        assertThat(site.reprocess(file, 1)).isInstanceOf(Taken.Committed.class);

        site.assertSettled(file);
    }

    @Test
    void aStoreThatForgetsUploadsIsNoReasonToDecideForEver() {
        Site site = taken();
        SourceFile file = file(site);

        assertThat(site.worker(Trials.refusing("complete")).reprocess(file, 1)).isInstanceOf(Taken.Postponed.class);

        assertThat(site.receipt(file, 2)).isPresent();
        assertThat(site.receipt(file, 3)).isEmpty();
        site.reprocess(file, 1);
        site.assertSettled(file);
    }

    @Test
    void aFileThatTodaysRulesCannotReadKeepsItsGeneration() {
        Site site = taken();
        Map<String, String> before = site.content();
        site.columns = List.of("name", "age", "city");

        assertPoisoned(site.reprocess(file(site), 1), Reason.HEADER_MISSING);

        assertThat(site.content()).isEqualTo(before);
        assertThat(site.bucket.pendingUploads()).isZero();
    }

    @Test
    void aFileWhoseBackupIsGoneKeepsItsGeneration() {
        Site site = taken();
        site.bucket.remove(site.receipt(file(site), 1).orElseThrow().backup());
        Map<String, String> before = site.content();

        assertPoisoned(site.reprocess(file(site), 1), Reason.SOURCE_MISSING);

        assertThat(site.content()).isEqualTo(before);
    }

    @Test
    void aFileThatWasNeverDecidedIsNotDecidedAgain() {
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);

        assertPoisoned(site.reprocess(file, 1), Reason.RECEIPT_MISSING);

        assertThat(site.bucket.keys()).containsExactly(Site.KEY);
    }

    @Test
    void aGenerationThatNeverWasIsNotReplaced() {
        Site site = taken();

        assertPoisoned(site.reprocess(file(site), 2), Reason.RECEIPT_MISSING);

        assertThat(site.receipt(file(site), 2)).isEmpty();
        assertThatThrownBy(() -> site.reprocess(file(site), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Nothing tells these outputs from those that were never published.
    @Test
    void outputsThatTheirReaderHasTakenAwayAreMadeOnceMore() {
        Site site = taken();
        SourceFile file = file(site);
        site.reprocess(file, 1);
        site.receipt(file, 2).orElseThrow().outputs().forEach(output -> site.bucket.remove(output.key()));

        assertThat(site.deliver(file)).isInstanceOf(Taken.AlreadyCommitted.class);
        assertThat(site.receipt(file, 3)).isEmpty();
        assertThat(site.reprocess(file, 1)).isInstanceOf(Taken.Committed.class);

        assertThat(site.receipt(file, 3)).isPresent();
        site.assertSettled(file);
    }

    /// A file that was taken in, its source gone, and rules that have changed since.
    private static Site taken() {
        Site site = new Site();
        site.deliver(site.drop(Site.FIRST));
        site.youngest = TEN;
        return site;
    }

    private static SourceFile file(Site site) {
        return site.file(Site.FIRST);
    }

    private static Map<String, String> undisturbed() {
        Site site = taken();
        site.reprocess(file(site), 1);
        return site.content();
    }

    private void inBetween(Consumer<Site> interruption, Consumer<Site> check) {
        Trials.everyCallAndFault(calls, (interruptedAt, faultAt, fault) -> {
            Site site = taken();
            play(site, new Script(site, interruptedAt, () -> interruption.accept(site), faultAt, fault));
            site.reprocess(file(site), 1);
            check.accept(site);
        });
    }

    private static void play(Site site, Script script) {
        Trials.play(site, script, intake -> intake.reprocess(file(site), 1));
    }

    private static void crash(Site site, String start) {
        Trials.crash(site, Fault.CRASH_BEFORE, start, intake -> intake.reprocess(file(site), 1));
        assertThat(site.receipt(file(site), 2)).isPresent();
    }

    private static void assertPoisoned(Taken taken, Reason reason) {
        assertThat(taken)
                .isInstanceOfSatisfying(
                        Taken.Poisoned.class,
                        poisoned -> assertThat(poisoned.reason()).isEqualTo(reason));
    }
}
