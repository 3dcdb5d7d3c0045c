package dev.winnow.batch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// One line that is drawn over and over, for people. Files that did not go through get a line of their own above it.
final class ProgressBar implements Report {

    /// Too often is hard to read, and costs a slow terminal more than the work.
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);

    private static final int LONGEST_BAR = 24;
    private static final int SHORTEST_BAR = 4;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final int width;
    private final LongSupplier nanoTime;
    private final long begin;
    private long drawn;
    private long total;
    private long done;
    private long rows;
    private long troubles;

    /// @param width how many columns the terminal has
    ProgressBar(PrintStream out, int width, LongSupplier nanoTime) {
        this.out = out;
        this.width = width;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.drawn = begin - BETWEEN_DRAWINGS.toNanos();
    }

    @Override
    public boolean wantsTotal() {
        return true;
    }

    @Override
    public void total(long files) {
        total = files;
        draw();
    }

    @Override
    public void ended(FileEnd end) {
        done++;
        // The total is as old as the batch; files that came since are done too.
        total = Math.max(total, done);
        rows += end.records()
                .filter(_ -> end.ending() == Ending.COMMITTED)
                .map(records -> records.read())
                .orElse(0L);
        if (end.ending() == Ending.DEAD_LETTER || end.ending().isTransient()) {
            troubles++;
            out.print(CLEAR);
            out.println(end.ending().code() + ": " + printable(end.file().key()) + ": "
                    + end.reason().map(code -> code + ": ").orElse("")
                    + printable(end.detail().orElse("")));
            drawn = begin - BETWEEN_DRAWINGS.toNanos();
        }
        if (nanoTime.getAsLong() - drawn >= BETWEEN_DRAWINGS.toNanos()) {
            draw();
        }
    }

    @Override
    public void closed(Summary summary) {
        draw();
        out.println();
        out.printf(
                Locale.ROOT,
                "%s%,d files: %,d committed, %,d already committed, %,d superseded, %,d dead letters, %,d skipped, %,d"
                        + " failed; %,d rows: %,d accepted, %,d rejected, %,d unreadable%s%n",
                summary.dryRun() ? "dry run: " : "",
                summary.total(),
                summary.files(Ending.COMMITTED),
                summary.files(Ending.ALREADY_COMMITTED),
                summary.files(Ending.SUPERSEDED),
                summary.files(Ending.DEAD_LETTER),
                summary.files(Ending.SKIPPED),
                summary.files(Ending.FAILED) + summary.files(Ending.BROKEN),
                summary.records().read(),
                summary.records().accepted(),
                summary.records().rejected(),
                summary.records().unreadable(),
                summary.complete() ? "" : "; not every file had its turn");
    }

    private void draw() {
        long now = nanoTime.getAsLong();
        drawn = now;
        double seconds = Math.max(0.001, (now - begin) / 1e9);
        String figures = String.format(
                Locale.ROOT,
                "%,d/%,d files  %,d rows  %,.0f rows/s  %d:%02d%s",
                done,
                total,
                rows,
                rows / seconds,
                (long) seconds / 60,
                (long) seconds % 60,
                troubles == 0 ? "" : String.format(Locale.ROOT, "  %,d did not go through", troubles));
        // The last column stays free: some terminals begin a new line once it is filled.
        int room = width - 1;
        int bar = Math.min(LONGEST_BAR, room - figures.length() - 3);
        String line = bar < SHORTEST_BAR ? figures : bar(bar) + " " + figures;
        out.print(CLEAR + line.substring(0, Math.min(line.length(), Math.max(0, room))));
        out.flush();
    }

    private String bar(int length) {
        int full = total == 0 ? 0 : (int) (length * done / total);
        return "[" + "#".repeat(full) + "-".repeat(length - full) + "]";
    }

    /// What a sender named a file must not steer a terminal.
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? '?' : point)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
