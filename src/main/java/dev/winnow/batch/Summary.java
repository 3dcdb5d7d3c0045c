package dev.winnow.batch;

import dev.winnow.receipt.Receipt;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// What a batch came to.
///
/// @param files    how many files had each ending
/// @param records  the sums over the files that this batch decided
/// @param complete whether every file under the prefix had its turn
/// @param stopped  whether it was told to stop
record Summary(
        boolean dryRun,
        Map<Ending, Long> files,
        Receipt.Records records,
        boolean complete,
        boolean stopped,
        Duration took) {

    Summary {
        files = Map.copyOf(files);
    }

    long files(Ending ending) {
        return files.getOrDefault(ending, 0L);
    }

    long total() {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The most pressing thing there is to say.
    Exit exit() {
        if (files(Ending.BROKEN) > 0) {
            return Exit.UNEXPECTED;
        }
        if (files(Ending.FAILED) > 0 || !complete) {
            return Exit.TRY_AGAIN;
        }
        return files(Ending.DEAD_LETTER) > 0 ? Exit.DEAD_LETTERS : Exit.DONE;
    }

    /// Counts the files of a batch; any thread may.
    static final class Count {

        private final Map<Ending, Long> files = new EnumMap<>(Ending.class);
        private Receipt.Records records = new Receipt.Records(0, 0, 0, 0);

        synchronized void add(FileEnd end) {
            files.merge(end.ending(), 1L, Long::sum);
            if (end.ending() == Ending.COMMITTED) {
                Receipt.Records more = end.records().orElseThrow();
                records = new Receipt.Records(
                        records.read() + more.read(),
                        records.accepted() + more.accepted(),
                        records.rejected() + more.rejected(),
                        records.unreadable() + more.unreadable());
            }
        }

        synchronized Summary sum(boolean dryRun, boolean complete, boolean stopped, Duration took) {
            return new Summary(dryRun, files, records, complete, stopped, took);
        }
    }
}
