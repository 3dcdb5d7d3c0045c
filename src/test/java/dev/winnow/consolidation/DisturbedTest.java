package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.consolidation.Bucket.File;
import dev.winnow.consolidation.Bucket.Stage;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.StoreUnavailableException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// One worker disturbed at every one of its calls: by a late commit, with and without another worker that renews
/// the hour right after it, and by every kind of fault.
final class DisturbedTest {

    private static final List<Consumer<Bucket>> COMMITS = List.of(
            bucket -> bucket.commit("late", "person\nGrace\n", "line,codes,reasons,name\n2,age.under,young,Eve\n"),
            bucket -> bucket.commit("late", "person,note\nGrace,x\n", ""),
            bucket -> bucket.commit(bucket.first, "person\nAda anew\n", "", Stage.PUBLISHED),
            bucket -> bucket.commit(
                    bucket.first, "", "line,codes,reasons,name\n2,age.under,young,Ada\n", Stage.PUBLISHED),
            bucket -> bucket.commit(new File("late", Bucket.TIME), "person\nGrace\n", "", Stage.COMMITTED));

    private enum Fault {
        CRASH_BEFORE,
        CRASH_AFTER,
        FAILS,
        REPLY_LOST
    }

    /// What a crash of the process looks like to its own code: nothing that it could catch.
    private static final class Crash extends Error {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void aLateCommitAtAnyCallIsInOnceARunAfterItIsOver() {
        atEveryCallAndCommit(COMMITS, (call, commit) -> {
            Bucket bucket = bucket(call % 2 == 0);
            run(bucket, at(call, () -> commit.accept(bucket)));

            bucket.consolidate();

            bucket.assertConsolidated();
        });
    }

    @Test
    void aWorkerThatIsOvertakenAtAnyCallReplacesNothingNewer() {
        atEveryCallAndCommit(COMMITS, (call, commit) -> {
            Bucket bucket = bucket(call % 2 == 0);

            run(bucket, at(call, () -> {
                commit.accept(bucket);
                bucket.consolidate();
            }));

            bucket.assertConsolidated();
        });
    }

    @Test
    void aMarkGoesOnlyOnceItsFileIsIn() {
        // All but the last, whose worker has not come as far as the mark.
        atEveryCallAndCommit(COMMITS.subList(0, 4), (call, commit) -> {
            Bucket bucket = bucket(call % 2 == 0);

            run(bucket, at(call, () -> commit.accept(bucket)));

            bucket.mark(bucket.isMarked() ? "still" : "none");
            if (bucket.text(Bucket.LAYOUT.hours().renewal(Bucket.DATASET, Bucket.HOUR))
                    .orElseThrow()
                    .equals("none")) {
                bucket.assertConsolidated();
            }
        });
    }

    @Test
    void noFaultLeavesAnythingHalfWritten() {
        for (int call = 1; call <= calls(); call++) {
            for (Fault fault : Fault.values()) {
                Bucket bucket = bucket(true);
                String before = bucket.successful();
                int made = call;
                int[] count = {0};

                run(bucket, new HookedObjectStore.Hook() {
                    private boolean crashed;

                    @Override
                    public <T> T around(String name, Supplier<T> called) {
                        count[0]++;
                        if (crashed || (count[0] == made && fault == Fault.CRASH_BEFORE)) {
                            crashed = true;
                            throw new Crash();
                        }
                        if (count[0] == made && fault == Fault.FAILS) {
                            throw new StoreUnavailableException("Cannot " + name + ": it fails");
                        }
                        T result = called.get();
                        if (count[0] == made) {
                            if (fault == Fault.CRASH_AFTER) {
                                crashed = true;
                                throw new Crash();
                            }
                            throw new StoreUnavailableException("Cannot " + name + ": the reply is lost");
                        }
                        return result;
                    }
                });

                assertThat(bucket.successful())
                        .as("%s at call %d", fault, call)
                        .isIn(before, "person\nAda\nNew\n", "person\nNew\nAda\n");
                bucket.consolidate();
                bucket.assertConsolidated();
            }
        }
    }

    @Test
    void aFaultLeavesNoUploadPendingUnlessItIsTheAbortsOwn() {
        for (int call = 1; call <= calls(); call++) {
            Bucket bucket = bucket(true);
            int made = call;
            int[] count = {0};
            boolean[] starting = {false};

            run(bucket, new HookedObjectStore.Hook() {
                @Override
                public <T> T around(String name, Supplier<T> called) {
                    count[0]++;
                    if (count[0] == made) {
                        starting[0] = name.startsWith("start") || name.startsWith("abort");
                        throw new StoreUnavailableException("Cannot " + name + ": it fails");
                    }
                    return called.get();
                }
            });

            assertThat(starting[0] ? 0 : bucket.store.pendingUploads())
                    .as("after a fault at call %d", call)
                    .isZero();
        }
    }

    private interface Trial {
        void run(int call, Consumer<Bucket> commit);
    }

    private static void atEveryCallAndCommit(List<Consumer<Bucket>> commits, Trial trial) {
        for (int call = 1; call <= calls(); call++) {
            for (int commit = 0; commit < commits.size(); commit++) {
                try {
                    trial.run(call, commits.get(commit));
                } catch (AssertionError e) {
                    throw new AssertionError("commit " + commit + " at call " + call, e);
                }
            }
        }
    }

    /// An hour with two files, of which one came late where the hour stands already.
    private static Bucket bucket(boolean consolidated) {
        Bucket bucket = new Bucket();
        bucket.first = bucket.commit("1", "person\nAda\n", "");
        if (consolidated) {
            bucket.consolidate();
        }
        bucket.commit("2", "person\nNew\n", "");
        return bucket;
    }

    private static int calls() {
        int[] count = {0};
        run(bucket(true), new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                count[0]++;
                return made.get();
            }
        });
        return count[0];
    }

    private static HookedObjectStore.Hook at(int number, Runnable interruption) {
        int[] count = {0};
        return new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                count[0]++;
                if (count[0] == number) {
                    interruption.run();
                }
                return made.get();
            }
        };
    }

    private static void run(Bucket bucket, HookedObjectStore.Hook hook) {
        try {
            bucket.worker(hook).consolidate(Bucket.DATASET, Bucket.HOUR);
        } catch (Crash | StoreUnavailableException e) {
            assertThat(e).isNotNull();
        }
    }
}
