package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.InTurn;
import dev.winnow.pipeline.Script.Fault;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// One worker disturbed at every one of its calls in every way, with another worker, the sender or the lifecycle rule
/// coming in between at every other one: however it goes, the next delivery finishes it, nothing is lost, nothing is
/// there twice, and no reader ever sees what no receipt names. So it is in whichever order a worker's calls come that
/// it
/// makes at once.
@ParameterizedClass
@EnumSource
final class CommitProtocolTest {

    private final InTurn order;
    private final Map<String, String> undisturbed;
    private final int calls;

    CommitProtocolTest(InTurn order) {
        this.order = order;
        this.undisturbed = undisturbed();
        this.calls = Trials.calls(site(), (site, intake) -> intake.take(site.drop(Site.FIRST), Via.EVENT));
    }

    @Test
    void anUndisturbedAttemptLeavesJustWhatTheContractNames() {
        SourceFile file = site().drop(Site.FIRST);

        assertThat(undisturbed)
                .containsOnlyKeys(
                        "backup/people/date=2026-11-22/hour=09/" + file.id() + "/day.csv",
                        "receipts/people/" + file.id() + ".json",
                        "successful/people/date=2026-11-22/hour=09/" + file.id() + ".csv",
                        "unsuccessful/people/date=2026-11-22/hour=09/" + file.id() + ".csv")
                .containsValue("person\nAda\nGrace\n")
                .containsValue("""
                        line,codes,reasons,name,age
                        3,name.missing,the name is empty,,41
                        4,age.under,too young,Blaise,12
                        """)
                .containsValue(Site.FIRST);
    }

    @Test
    void everyFaultAtEveryCallIsFinishedByTheNextDelivery() {
        Trials.everyFault(calls, (faultAt, fault) -> {
            Site site = site();
            SourceFile file = site.drop(Site.FIRST);
            Trials.play(site, new Script(site, 0, () -> {}, faultAt, fault), intake -> intake.take(file, Via.EVENT));

            site.deliver(file);

            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void aSecondWorkerMayComeInAtAnyCall() {
        Trials.everyCallAndFault(calls, (interruptedAt, faultAt, fault) -> {
            Site site = site();
            SourceFile file = site.drop(Site.FIRST);
            Trials.play(
                    site,
                    new Script(site, interruptedAt, () -> site.deliver(file), faultAt, fault),
                    intake -> intake.take(file, Via.EVENT));

            site.deliver(file);

            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void oneOfTwoWorkersCommitsAndTheOtherLeavesNothingPending() {
        for (int interruptedAt = 1; interruptedAt <= calls; interruptedAt++) {
            Site site = site();
            SourceFile file = site.drop(Site.FIRST);
            List<Taken> taken = new ArrayList<>();
            Script script = new Script(site, interruptedAt, () -> taken.add(site.deliver(file)), 0, Fault.NONE);

            taken.add(site.worker(script).take(file, Via.EVENT));

            assertThat(taken)
                    .as("interrupted at call %d", interruptedAt)
                    .extracting(Taken::code)
                    .containsExactlyInAnyOrder("committed", "already-committed");
            assertThat(site.bucket.pendingUploads())
                    .as("uploads pending after an interruption at call %d", interruptedAt)
                    .isZero();
        }
    }

    @Test
    void aSecondWorkerUnderOtherRulesNeverMixesIn() {
        Trials.everyCallAndFault(calls, (interruptedAt, faultAt, fault) -> {
            Site site = site();
            SourceFile file = site.drop(Site.FIRST);
            Runnable otherRules = () -> {
                site.youngest = 10;
                site.deliver(file);
            };
            Trials.play(
                    site,
                    new Script(site, interruptedAt, otherRules, faultAt, fault),
                    intake -> intake.take(file, Via.EVENT));

            site.deliver(file);

            site.assertSettled(file);
        });
    }

    @Test
    void aSenderMayOverwriteTheFileAtAnyCall() {
        Trials.everyCallAndFault(calls, (interruptedAt, faultAt, fault) -> {
            Site site = site();
            SourceFile first = site.drop(Site.FIRST);
            Trials.play(
                    site,
                    new Script(site, interruptedAt, () -> site.drop(Site.SECOND), faultAt, fault),
                    intake -> intake.take(first, Via.EVENT));
            boolean overwritten = site.stands(Site.SECOND);
            SourceFile second = overwritten ? site.file(Site.SECOND) : site.drop(Site.SECOND);

            Taken taken = site.deliver(first);
            site.deliver(second);

            if (!(taken instanceof Taken.Superseded)) {
                site.assertSettled(first);
            }
            site.assertSettled(second);
        });
    }

    @Test
    void aSenderMaySendTheSameBytesAgainAtAnyCall() {
        Trials.everyCallAndFault(calls, (interruptedAt, faultAt, fault) -> {
            Site site = site();
            SourceFile file = site.drop(Site.FIRST);
            Trials.play(
                    site,
                    new Script(site, interruptedAt, () -> site.drop(Site.FIRST), faultAt, fault),
                    intake -> intake.take(file, Via.EVENT));

            site.deliver(file);
            site.deliver(site.drop(Site.FIRST));

            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void pendingUploadsMayExpireAtAnyCall() {
        Trials.everyCallAndFault(calls, (interruptedAt, faultAt, fault) -> {
            Site site = site();
            SourceFile file = site.drop(Site.FIRST);
            Trials.play(
                    site,
                    new Script(site, interruptedAt, site.bucket::expireUploads, faultAt, fault),
                    intake -> intake.take(file, Via.EVENT));

            site.deliver(file);

            site.assertSettled(file);
        });
    }

    @Test
    void uploadsThatExpiredAfterTheCommitAreDecidedAgainFromTheBackup() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        Trials.crash(site, file, Fault.CRASH_AFTER, "complete ");
        assertThat(site.bucket.pendingUploads()).isEqualTo(1);
        site.bucket.expireUploads();

        assertThat(site.deliver(file)).isInstanceOf(Taken.Committed.class);

        assertThat(site.receipt(file, 2).orElseThrow().replaces()).contains("receipts/people/" + file.id() + ".json");
        site.assertSettled(file);
    }

    @Test
    void theUploadsOfAReplacedGenerationAreAbortedBeforeItsObjectsAreRemoved() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        Trials.crash(site, file, Fault.CRASH_BEFORE, "complete ");
        assertThat(site.bucket.pendingUploads()).isEqualTo(2);
        site.bucket.expireOldestUpload();
        List<Receipt.Output> replaced = site.receipt(file, 1).orElseThrow().outputs();
        List<String> made = new ArrayList<>();

        site.worker(new HookedObjectStore.Hook() {
                    @Override
                    public <T> T around(String call, Supplier<T> called) {
                        made.add(call);
                        return called.get();
                    }
                })
                .take(file, Via.EVENT);

        site.assertSettled(file);
        assertThat(site.bucket.pendingUploads()).isZero();
        for (Receipt.Output output : replaced) {
            assertThat(made).containsSubsequence("abort " + output.key(), "remove " + output.key());
        }
    }

    @Test
    void aLaterGenerationIsReadFromTheBackupWhateverTheSenderDoes() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        Trials.crash(site, file, Fault.CRASH_BEFORE, "complete ");
        site.bucket.expireUploads();
        HookedObjectStore.Hook overwriting = new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                T result = made.get();
                if (call.equals("head " + Site.KEY)) {
                    site.drop(Site.SECOND);
                }
                return result;
            }
        };

        assertThat(site.worker(overwriting).take(file, Via.EVENT)).isInstanceOf(Taken.Committed.class);

        assertThat(site.receipt(file, 2)).isPresent();
        site.assertSettled(file);
        assertThat(site.stands(Site.SECOND)).isTrue();
    }

    @Test
    void whatSomebodyElsePutAtAnOutputsKeyIsNotTakenForTheOutput() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        Trials.crash(site, file, Fault.CRASH_BEFORE, "complete ");
        site.bucket.expireUploads();
        for (Receipt.Output output : site.receipt(file, 1).orElseThrow().outputs()) {
            site.bucket.put(Site.BUCKET, output.key(), new byte[(int) output.size()]);
        }

        site.deliver(file);

        assertThat(site.receipt(file, 2)).isPresent();
        site.assertSettled(file);
    }

    @Test
    void theDeadLetterEntryOfAnEarlierFailureGoesWithTheCommit() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        String entry = "dead-letters/people/" + file.id() + ".json";
        site.bucket.put(Site.BUCKET, entry, new byte[] {'{', '}'});

        site.deliver(file);

        assertThat(site.bucket.keys()).doesNotContain(entry);
    }

    @Test
    void aSourceThatIsToBeKeptIsKept() {
        Site site = site();
        site.afterProcessing = IntakeConfig.AfterProcessing.KEEP;
        SourceFile file = site.drop(Site.FIRST);

        assertThat(site.deliver(file)).isInstanceOf(Taken.Committed.class);
        assertThat(site.deliver(file)).isInstanceOf(Taken.AlreadyCommitted.class);

        assertThat(site.stands(Site.FIRST)).isTrue();
        assertThat(site.content()).containsAllEntriesOf(undisturbed);
        assertThat(site.receipt(file, 2)).isEmpty();
    }

    @Test
    void anOutputThatItsReaderHasTakenAwayIsNotMadeAgain() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        site.deliver(file);
        site.receipt(file, 1).orElseThrow().outputs().forEach(output -> site.bucket.remove(output.key()));

        assertThat(site.deliver(file)).isInstanceOf(Taken.AlreadyCommitted.class);

        assertThat(site.receipt(file, 2)).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsNeverSilentlyDropped() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        site.bucket.remove(Site.KEY);

        assertThat(site.deliver(file))
                .isInstanceOfSatisfying(
                        Taken.Poisoned.class,
                        poisoned -> assertThat(poisoned.reason().code()).isEqualTo("source.missing"));
    }

    @Test
    void aStoreThatForgetsUploadsIsNoReasonToDecideForEver() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        HookedObjectStore.Hook forgetful = Trials.refusing("complete");

        assertThat(site.worker(forgetful).take(file, Via.EVENT)).isInstanceOf(Taken.Postponed.class);
        assertThat(site.worker(forgetful).take(file, Via.EVENT)).isInstanceOf(Taken.Postponed.class);

        assertThat(site.receipt(file, 2)).isPresent();
        assertThat(site.receipt(file, 3)).isEmpty();
        site.deliver(file);
        site.assertSettled(file);
    }

    @Test
    void aReceiptThatIsRefusedAgainAndAgainIsLeftToTheNextDelivery() {
        Site site = site();
        SourceFile file = site.drop(Site.FIRST);
        HookedObjectStore.Hook conflict = Trials.refusing("create");

        assertThat(site.worker(conflict).take(file, Via.EVENT)).isInstanceOf(Taken.Postponed.class);

        site.deliver(file);
        assertThat(site.content()).isEqualTo(undisturbed);
    }

    private Site site() {
        Site site = new Site();
        site.order = order;
        return site;
    }

    private Map<String, String> undisturbed() {
        Site site = site();
        site.deliver(site.drop(Site.FIRST));
        return site.content();
    }
}
