package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.pipeline.Script.Fault;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// One worker disturbed at every one of its calls in every way, with another worker, the sender or the lifecycle rule
/// coming in between at every other one: however it goes, the next delivery finishes it, nothing is lost, nothing is
/// there twice, and no reader ever sees what no receipt names.
final class CommitProtocolTest {

    private final Map<String, String> undisturbed = undisturbed();
    private final int calls = callsOfOneAttempt();

    @Test
    void anUndisturbedAttemptLeavesJustWhatTheContractNames() {
        SourceFile file = new Site().drop(Site.FIRST);

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
        forEachFault((faultAt, fault) -> {
            Site site = new Site();
            SourceFile file = site.drop(Site.FIRST);
            attempt(site, file, new Script(site, 0, () -> {}, faultAt, fault));

            site.deliver(file);

            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void aSecondWorkerMayComeInAtAnyCall() {
        forEachCallAndFault((interruptedAt, faultAt, fault) -> {
            Site site = new Site();
            SourceFile file = site.drop(Site.FIRST);
            attempt(site, file, new Script(site, interruptedAt, () -> site.deliver(file), faultAt, fault));

            site.deliver(file);

            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void oneOfTwoWorkersCommitsAndTheOtherLeavesNothingPending() {
        for (int interruptedAt = 1; interruptedAt <= calls; interruptedAt++) {
            Site site = new Site();
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
        forEachCallAndFault((interruptedAt, faultAt, fault) -> {
            Site site = new Site();
            SourceFile file = site.drop(Site.FIRST);
            Runnable otherRules = () -> {
                site.youngest = 10;
                site.deliver(file);
            };
            attempt(site, file, new Script(site, interruptedAt, otherRules, faultAt, fault));

            site.deliver(file);

            site.assertSettled(file);
        });
    }

    @Test
    void aSenderMayOverwriteTheFileAtAnyCall() {
        forEachCallAndFault((interruptedAt, faultAt, fault) -> {
            Site site = new Site();
            SourceFile first = site.drop(Site.FIRST);
            attempt(site, first, new Script(site, interruptedAt, () -> site.drop(Site.SECOND), faultAt, fault));
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
        forEachCallAndFault((interruptedAt, faultAt, fault) -> {
            Site site = new Site();
            SourceFile file = site.drop(Site.FIRST);
            attempt(site, file, new Script(site, interruptedAt, () -> site.drop(Site.FIRST), faultAt, fault));

            site.deliver(file);
            site.deliver(site.drop(Site.FIRST));

            assertThat(site.content()).isEqualTo(undisturbed);
        });
    }

    @Test
    void pendingUploadsMayExpireAtAnyCall() {
        forEachCallAndFault((interruptedAt, faultAt, fault) -> {
            Site site = new Site();
            SourceFile file = site.drop(Site.FIRST);
            attempt(site, file, new Script(site, interruptedAt, site.bucket::expireUploads, faultAt, fault));

            site.deliver(file);

            site.assertSettled(file);
        });
    }

    @Test
    void uploadsThatExpiredAfterTheCommitAreDecidedAgainFromTheBackup() {
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        crash(site, file, Fault.CRASH_AFTER, "complete successful/");
        assertThat(site.bucket.pendingUploads()).isEqualTo(1);
        site.bucket.expireUploads();

        assertThat(site.deliver(file)).isInstanceOf(Taken.Committed.class);

        assertThat(site.receipt(file, 2).orElseThrow().replaces()).contains("receipts/people/" + file.id() + ".json");
        site.assertSettled(file);
    }

    @Test
    void theUploadsOfAReplacedGenerationAreAbortedBeforeItsObjectsAreRemoved() {
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        crash(site, file, Fault.CRASH_BEFORE, "complete successful/");
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
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        crash(site, file, Fault.CRASH_BEFORE, "complete successful/");
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
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        crash(site, file, Fault.CRASH_BEFORE, "complete successful/");
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
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        String entry = "dead-letters/people/" + file.id() + ".json";
        site.bucket.put(Site.BUCKET, entry, new byte[] {'{', '}'});

        site.deliver(file);

        assertThat(site.bucket.keys()).doesNotContain(entry);
    }

    @Test
    void aSourceThatIsToBeKeptIsKept() {
        Site site = new Site();
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
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        site.deliver(file);
        site.receipt(file, 1).orElseThrow().outputs().forEach(output -> site.bucket.remove(output.key()));

        assertThat(site.deliver(file)).isInstanceOf(Taken.AlreadyCommitted.class);

        assertThat(site.receipt(file, 2)).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsNeverSilentlyDropped() {
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        site.bucket.remove(Site.KEY);

        assertThat(site.deliver(file))
                .isInstanceOfSatisfying(
                        Taken.Poisoned.class,
                        poisoned -> assertThat(poisoned.reason().code()).isEqualTo("source.missing"));
    }

    @Test
    void aStoreThatForgetsUploadsIsNoReasonToDecideForEver() {
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        HookedObjectStore.Hook forgetful = refusing("complete");

        assertThat(site.worker(forgetful).take(file, Via.EVENT)).isInstanceOf(Taken.Postponed.class);
        assertThat(site.worker(forgetful).take(file, Via.EVENT)).isInstanceOf(Taken.Postponed.class);

        assertThat(site.receipt(file, 2)).isPresent();
        assertThat(site.receipt(file, 3)).isEmpty();
        site.deliver(file);
        site.assertSettled(file);
    }

    @Test
    void aReceiptThatIsRefusedAgainAndAgainIsLeftToTheNextDelivery() {
        Site site = new Site();
        SourceFile file = site.drop(Site.FIRST);
        HookedObjectStore.Hook conflict = refusing("create");

        assertThat(site.worker(conflict).take(file, Via.EVENT)).isInstanceOf(Taken.Postponed.class);

        site.deliver(file);
        assertThat(site.content()).isEqualTo(undisturbed);
    }

    /// A store that refuses every call of a kind, each time.
    private static HookedObjectStore.Hook refusing(String kind) {
        return new HookedObjectStore.Hook() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T around(String call, Supplier<T> made) {
                return call.startsWith(kind + ' ') ? (T) Boolean.FALSE : made.get();
            }
        };
    }

    private Map<String, String> undisturbed() {
        Site site = new Site();
        site.deliver(site.drop(Site.FIRST));
        return site.content();
    }

    private int callsOfOneAttempt() {
        Site site = new Site();
        Script script = new Script(site, 0, () -> {}, 0, Fault.NONE);
        site.worker(script).take(site.drop(Site.FIRST), Via.EVENT);
        return script.calls();
    }

    /// Lets an attempt crash before or after its first call that starts so.
    private static void crash(Site site, SourceFile file, Fault fault, String start) {
        Script script = new Script(site, 0, () -> {}, 0, Fault.NONE);
        try {
            site.worker(new HookedObjectStore.Hook() {
                        @Override
                        public <T> T around(String call, Supplier<T> made) {
                            return script.disturbed(call, made, call.startsWith(start) ? fault : Fault.NONE);
                        }
                    })
                    .take(file, Via.EVENT);
            throw new AssertionError("no call starts with " + start);
        } catch (Site.Crash crash) {
            assertThat(site.receipt(file, 1)).isPresent();
        }
    }

    private static void attempt(Site site, SourceFile file, Script script) {
        try {
            site.worker(script).take(file, Via.EVENT);
        } catch (Site.Crash crash) {
            assertThat(crash).isNotNull();
        }
    }

    private interface AtFault {
        void run(int faultAt, Fault fault);
    }

    private interface AtCallAndFault {
        void run(int interruptedAt, int faultAt, Fault fault);
    }

    private void forEachFault(AtFault trial) {
        forEachTrial(0, 0, (_, faultAt, fault) -> trial.run(faultAt, fault));
    }

    private void forEachCallAndFault(AtCallAndFault trial) {
        forEachTrial(1, calls, trial);
    }

    /// A disturbed attempt may make a few more calls than an undisturbed one, so faults go a little further.
    private void forEachTrial(int firstCall, int lastCall, AtCallAndFault trial) {
        for (int interruptedAt = firstCall; interruptedAt <= lastCall; interruptedAt++) {
            for (int faultAt = 1; faultAt <= calls + 4; faultAt++) {
                for (Fault fault : Fault.values()) {
                    try {
                        trial.run(interruptedAt, faultAt, fault);
                    } catch (AssertionError e) {
                        throw new AssertionError(
                                "interrupted at call " + interruptedAt + ", " + fault + " at call " + faultAt, e);
                    }
                }
            }
        }
    }
}
