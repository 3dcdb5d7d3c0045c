package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Outputs that are larger than a part, in every order with small ones: which bytes pass through here and which
/// the store copies by itself changes nothing in the object, and no part but the last is smaller than S3 takes.
final class LargeOutputsTest {

    private final Bucket bucket = new Bucket();

    @Test
    void theStoreCopiesWhatItCan() {
        for (long seed = 1; seed <= 300; seed++) {
            Bucket site = new Bucket();
            TreeMap<String, String> rows = new TreeMap<>();
            Random random = new Random(seed);
            int files = 1 + random.nextInt(6);
            for (int number = 0; number < files; number++) {
                int length = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(6 * Bucket.SMALLEST_PART);
                String row = Integer.toString(number).repeat(length + 1) + "\n";
                rows.put(site.commit(number + ".csv", "a,b\n" + row, "").id().value(), row);
            }
            Parts parts = new Parts(site.store);

            site.worker(parts).consolidate(Bucket.DATASET, Bucket.HOUR);

            assertThat(site.successful()).as("seed %d", seed).isEqualTo("a,b\n" + String.join("", rows.values()));
            assertThat(parts.sizes.subList(0, parts.sizes.size() - 1))
                    .as("seed %d", seed)
                    .allSatisfy(size -> assertThat(size).isGreaterThanOrEqualTo(Bucket.SMALLEST_PART));
            long large = rows.values().stream()
                    .filter(row -> row.length() >= 3 * Bucket.SMALLEST_PART)
                    .count();
            assertThat(parts.copies).as("seed %d", seed).isGreaterThanOrEqualTo((int) large);
        }
    }

    @Test
    void aLargeOutputWithOtherColumnsIsWrittenAnew() {
        String cell = "x".repeat(5 * Bucket.SMALLEST_PART);
        bucket.commit("1", "a\n" + cell + "\n", "");
        bucket.commit("2", "b\n" + cell + "\n", "");
        Parts parts = new Parts(bucket.store);

        bucket.worker(parts).consolidate(Bucket.DATASET, Bucket.HOUR);

        assertThat(parts.copies).isZero();
        assertThat(bucket.successful().lines().skip(1)).containsExactlyInAnyOrder("," + cell, cell + ",");
    }

    @Test
    void aLargeOutputOfAnotherAttemptIsReadAndFoundOut() {
        Bucket.File file = bucket.commit("1", "a\n" + "x".repeat(500) + "\n", "");
        bucket.store.put(
                bucket.key(file, Outcome.SUCCESSFUL), ConsolidationTest.bytes("a\n" + "y".repeat(500) + "\n"), "");
        Parts parts = new Parts(bucket.store);

        assertThat(bucket.worker(parts).consolidate(Bucket.DATASET, Bucket.HOUR).get(Outcome.SUCCESSFUL))
                .isEqualTo(new Consolidated.Incomplete(
                        1, 0, bucket.key(file, Outcome.SUCCESSFUL) + " has other bytes than its receipt says"));

        assertThat(parts.copies).isZero();
        assertThat(bucket.store.pendingUploads()).isZero();
    }

    @Test
    void howeverMuchThereIsThePartsAreFewEnough() {
        long gib = 1L << 30;
        for (long size : List.of(1_000L, 100_000L, 5L << 20, 20L << 20, 100L << 20, gib, 20 * gib)) {
            for (int count : List.of(1, 100, 10_000, 100_000)) {
                Piece piece = new Piece(new Bucket.File("1", Bucket.TIME).id(), 1, size / 100, size, "");
                List<Piece> pieces = Collections.nCopies(count, piece);
                long total = size * count;
                if (total > 5_000 * gib) {
                    continue;
                }

                PartPlan plan = PartPlan.of(PartPlan.SMALLEST, 5 << 20, pieces, 10);

                long copied = size >= plan.copyFrom() ? count : 0;
                long asCopied = copied * (2 + size / plan.range()) + (total + count * size / 10) / plan.gathered() + 1;
                assertThat(copied == 0 ? (total + count * size / 10) / plan.gathered() + 1 : asCopied)
                        .as("parts of %d outputs of %d bytes, with %s", count, size, plan)
                        .isLessThanOrEqualTo(PartPlan.MOST_PARTS);
                assertThat(plan.copyFrom()).isGreaterThanOrEqualTo(2L * PartPlan.SMALLEST);
                assertThat(plan.range()).isBetween((long) PartPlan.SMALLEST, 5 * gib);
            }
        }
    }

    /// Sees how large each part is and how many are copied.
    private static final class Parts extends HookedObjectStore {

        private final List<Integer> sizes = new ArrayList<>();
        private int copies;

        Parts(ObjectStore store) {
            super(store);
        }

        @Override
        public String uploadPart(String key, String uploadId, int number, byte[] buffer, int length) {
            sizes.add(length);
            return super.uploadPart(key, uploadId, number, buffer, length);
        }

        @Override
        public String copyPart(SourceFile from, long first, long length, String key, String uploadId, int number) {
            sizes.add((int) length);
            copies++;
            return super.copyPart(from, first, length, key, uploadId, number);
        }

        @Override
        public boolean completeUploadIfMatch(String key, String uploadId, List<String> parts, Optional<String> eTag) {
            assertThat(parts).hasSize(sizes.size());
            return super.completeUploadIfMatch(key, uploadId, parts, eTag);
        }
    }
}
