package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.consolidation.Bucket.File;
import dev.winnow.consolidation.Bucket.Stage;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.receipt.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class ConsolidationTest {

    private final Bucket bucket = new Bucket();

    @Test
    void theOutputsOfAnHourBecomeOneUnderOneHeaderInTheOrderOfTheFilesIds() {
        File one = bucket.commit("1", "person\nAda\n", "line,codes,reasons,name\n2,age.under,young,Eve\n");
        File two = bucket.commit("2", "person\nGrace\nEmmy\n", "");

        assertThat(bucket.consolidate())
                .containsEntry(Outcome.SUCCESSFUL, new Consolidated.Written(2, 3, written(Outcome.SUCCESSFUL)))
                .containsEntry(Outcome.UNSUCCESSFUL, new Consolidated.Written(1, 1, written(Outcome.UNSUCCESSFUL)));

        boolean oneIsFirst = one.id().value().compareTo(two.id().value()) < 0;
        assertThat(bucket.successful())
                .isEqualTo(oneIsFirst ? "person\nAda\nGrace\nEmmy\n" : "person\nGrace\nEmmy\nAda\n");
        assertThat(bucket.unsuccessful()).isEqualTo("line,codes,reasons,name\n2,age.under,young,Eve\n");
        bucket.assertCounted("written", Outcome.SUCCESSFUL, 1);
        assertThat(bucket.store.pendingUploads()).isZero();
        assertThat(bucket.isMarked()).isFalse();
    }

    @Test
    void theSameReceiptsAreWrittenOnce() {
        bucket.commit("1", "person\nAda\n", "line,codes,reasons,name\n2,age.under,young,Eve\n");
        bucket.consolidate();
        List<String> writes = new ArrayList<>();

        assertThat(bucket.worker(writes(writes)).consolidate(Bucket.DATASET, Bucket.HOUR))
                .containsEntry(Outcome.SUCCESSFUL, new Consolidated.Unchanged())
                .containsEntry(Outcome.UNSUCCESSFUL, new Consolidated.Unchanged());

        assertThat(writes).isEmpty();
        bucket.assertCounted("unchanged", Outcome.SUCCESSFUL, 1);
    }

    @Test
    void anHourWithoutFilesHasNoObject() {
        bucket.consolidate();

        assertThat(bucket.store.keys()).isEmpty();
    }

    @Test
    void aLateFileRenewsItsHour() {
        bucket.commit("1", "person\nAda\n", "");
        bucket.consolidate();
        bucket.commit("2", "person\nGrace\n", "");
        assertThat(bucket.isMarked()).isTrue();

        bucket.consolidate();

        assertThat(bucket.successful().lines()).containsExactlyInAnyOrder("person", "Ada", "Grace");
        assertThat(bucket.isMarked()).isFalse();
    }

    @Test
    void aMarkThatIsWrittenMeanwhileStays() {
        bucket.commit("1", "person\nAda\n", "");
        HookedObjectStore.Hook late = new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                if (call.startsWith("complete if match")) {
                    bucket.commit("2", "person\nGrace\n", "");
                }
                return made.get();
            }
        };

        bucket.worker(late).consolidate(Bucket.DATASET, Bucket.HOUR);

        assertThat(bucket.successful()).isEqualTo("person\nAda\n");
        assertThat(bucket.isMarked()).isTrue();
    }

    @Test
    void onlyTheCurrentGenerationsRowsAreIn() {
        File file = bucket.commit("1", "person\nAda\n", "");
        bucket.consolidate();
        for (int generation = 2; generation <= 11; generation++) {
            bucket.commit(file, "person\nAda " + generation + "\n", "", Stage.PUBLISHED);
        }

        bucket.consolidate();

        assertThat(bucket.successful()).isEqualTo("person\nAda 11\n");
    }

    @Test
    void anOutcomeThatHasNoRecordsAnyMoreHasNoObjectAnyMore() {
        File file = bucket.commit("1", "", "line,codes,reasons,name\n2,age.under,young,Eve\n");
        bucket.consolidate();
        assertThat(bucket.unsuccessful()).isNotEmpty();
        bucket.commit(file, "person\nEve\n", "", Stage.PUBLISHED);

        assertThat(bucket.consolidate()).containsEntry(Outcome.UNSUCCESSFUL, new Consolidated.Removed());

        assertThat(bucket.successful()).isEqualTo("person\nEve\n");
        assertThat(bucket.consolidated(Outcome.UNSUCCESSFUL)).isEmpty();
    }

    @Test
    void aBackupWithoutReceiptIsNotCommittedYet() {
        bucket.commit("1", "person\nAda\n", "");
        bucket.commit(new File("2", Bucket.TIME), "", "", Stage.BACKED_UP);

        bucket.consolidate();

        assertThat(bucket.successful()).isEqualTo("person\nAda\n");
    }

    @Test
    void aBackupThatALostAttemptLeftInAnotherHourAddsNothing() {
        bucket.commit("1", "person\nAda\n", "");
        File later = new File("2", Bucket.TIME.plus(Duration.ofHours(1)));
        bucket.store.put(Bucket.LAYOUT.backup(Bucket.DATASET, Bucket.TIME, later.source), new byte[] {1}, "text/csv");
        bucket.commit(later, "person\nGrace\n", "", Stage.PUBLISHED);

        bucket.consolidate();

        assertThat(bucket.successful()).isEqualTo("person\nAda\n");
    }

    @Test
    void whatSomebodyPutBesideABackupDoublesNothing() {
        File file = bucket.commit("1", "person\nAda\n", "");
        String backup = Bucket.LAYOUT.backup(Bucket.DATASET, Bucket.TIME, file.source);
        bucket.store.put(backup + "-copy", new byte[] {1}, "text/csv");
        bucket.store.put(Bucket.LAYOUT.hours().backups(Bucket.DATASET, Bucket.HOUR) + "note", new byte[0], "text/csv");

        bucket.consolidate();

        assertThat(bucket.successful()).isEqualTo("person\nAda\n");
    }

    @Test
    void anOutputThatIsStillPendingIsPublished() {
        File file = new File("1", Bucket.TIME);
        bucket.commit(file, "person\nAda\n", "", Stage.COMMITTED);
        assertThat(bucket.text(bucket.key(file, Outcome.SUCCESSFUL))).isEmpty();

        bucket.consolidate();

        assertThat(bucket.successful()).isEqualTo("person\nAda\n");
        assertThat(bucket.text(bucket.key(file, Outcome.SUCCESSFUL))).contains("person\nAda\n");
        assertThat(bucket.finished).containsExactly(bucket.current(file).orElseThrow());
    }

    @Test
    void anHourWithAnOutputMissingStaysAsItIsAndMarked() {
        bucket.commit("1", "person\nAda\n", "line,codes,reasons,name\n2,age.under,young,Eve\n");
        bucket.consolidate();
        File file = bucket.commit("2", "person\nGrace\n", "");
        bucket.store.remove(bucket.key(file, Outcome.SUCCESSFUL));

        assertThat(bucket.consolidate())
                .containsEntry(
                        Outcome.SUCCESSFUL,
                        new Consolidated.Incomplete(
                                2,
                                1,
                                "1 of 2 outputs are not there, the first is " + bucket.key(file, Outcome.SUCCESSFUL)))
                .containsEntry(Outcome.UNSUCCESSFUL, new Consolidated.Unchanged());

        assertThat(bucket.successful()).isEqualTo("person\nAda\n");
        assertThat(bucket.isMarked()).isTrue();
        assertThat(bucket.finished)
                .as("what a reader took away is not made again")
                .isEmpty();
        bucket.assertCounted("incomplete", Outcome.SUCCESSFUL, 1);
    }

    @Test
    void anOutputWithOtherBytesThanItsReceiptSaysIsNotTaken() {
        File file = bucket.commit("1", "person\nAda\n", "");
        bucket.store.put(bucket.key(file, Outcome.SUCCESSFUL), bytes("person\nEve\n"), "text/csv");

        assertThat(bucket.consolidate().get(Outcome.SUCCESSFUL))
                .isEqualTo(new Consolidated.Incomplete(
                        1, 0, bucket.key(file, Outcome.SUCCESSFUL) + " has other bytes than its receipt says"));

        assertThat(bucket.consolidated(Outcome.SUCCESSFUL)).isEmpty();
        assertThat(bucket.store.pendingUploads()).isZero();
    }

    @Test
    void anHourWhoseBackupsHaveExpiredLosesNoRow() {
        File file = bucket.commit("1", "person\nAda\n", "");
        bucket.commit("2", "person\nGrace\n", "");
        bucket.consolidate();
        String before = bucket.successful();
        bucket.store.remove(Bucket.LAYOUT.backup(Bucket.DATASET, Bucket.TIME, file.source));

        assertThat(bucket.consolidate().get(Outcome.SUCCESSFUL))
                .isEqualTo(new Consolidated.Incomplete(
                        1, 0, "the hour had 2 files and has 1: have their backups expired?"));

        assertThat(bucket.successful()).isEqualTo(before);
    }

    @Test
    void aLongHourIsListedToItsEnd() {
        List<String> rows = new ArrayList<>();
        for (int number = 0; number < 2 * Receipts.PAGE + 1; number++) {
            bucket.commit(Integer.toString(number), "person\n" + number + "\n", "");
            rows.add(Integer.toString(number));
        }
        bucket.readsAtOnce = 8;

        bucket.consolidate();

        assertThat(bucket.successful().lines().skip(1)).containsExactlyInAnyOrderElementsOf(rows);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long written(Outcome outcome) {
        return bucket.consolidated(outcome).orElseThrow().length();
    }

    private static HookedObjectStore.Hook writes(List<String> writes) {
        return new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                if (!call.matches("(head|read|list|open) .*")) {
                    writes.add(call);
                }
                return made.get();
            }
        };
    }
}
