package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.consolidation.Bucket.File;
import dev.winnow.consolidation.Bucket.Stage;
import dev.winnow.output.CsvRows;
import dev.winnow.receipt.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random files, columns, cells and generations, put together after each few commits, against the [Model].
final class RandomHoursTest {

    private static final int SEEDS = 400;
    private static final List<String> NAMES = List.of("", "a", "b", "A", "a b", "\"", "x\ny", "é😀", "#c", "line");
    private static final List<String> CELLS = List.of(
            "", " ", "1", "Ada", "a,b", "\"", "\"\"", "x\ny", "x\r\ny", "\r", "#", "=1+1", "é😀", "'", "\uFEFF");

    @Test
    void everyHourIsWhatTheModelSays() throws IOException {
        int copied = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Bucket bucket = new Bucket();
            bucket.readsAtOnce = 1 + random.nextInt(8);
            for (int round = 0; round < 4; round++) {
                for (int commit = 1 + random.nextInt(3); commit > 0; commit--) {
                    File file = bucket.files.isEmpty() || random.nextInt(3) > 0
                            ? new File(bucket.files.size() + ".csv", Bucket.TIME)
                            : bucket.files.get(random.nextInt(bucket.files.size()));
                    bucket.commit(file, csv(random), csv(random), Stage.PUBLISHED);
                }

                bucket.consolidate();

                for (Outcome outcome : Outcome.values()) {
                    Optional<String> expected = Model.together(bucket, outcome);
                    assertThat(bucket.consolidated(outcome))
                            .as("%s with seed %d", outcome.code(), seed)
                            .isEqualTo(expected);
                    copied += expected.isPresent() ? 1 : 0;
                }
                assertThat(bucket.store.pendingUploads()).as("seed %d", seed).isZero();
                assertThat(bucket.isMarked()).as("seed %d", seed).isFalse();
            }
        }
        assertThat(copied).isGreaterThan(SEEDS);
    }

    /// Some rows in the form of an output, most of them as wide as the header; nothing now and then.
    private static String csv(Random random) throws IOException {
        if (random.nextInt(4) == 0) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CsvRows csv = new CsvRows();
        int width = 1 + random.nextInt(4);
        csv.row(pick(random, NAMES, width));
        int rows = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 5);
        for (int row = 0; row < rows; row++) {
            int fields = random.nextInt(5) == 0 ? 1 + random.nextInt(6) : width;
            csv.row(pick(random, CELLS, fields));
        }
        csv.writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<String> pick(Random random, List<String> from, int count) {
        List<String> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(from.get(random.nextInt(from.size())));
        }
        return picked;
    }
}
