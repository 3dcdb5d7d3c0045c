package dev.winnow.admin.live;

import dev.winnow.admin.file.FileItem;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.receipt.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What was decided in the last hour, in figures: sums over [LatestFiles.Look], which the call `listLatestFiles` lists.
///
/// @param since         the moment behind which the files were decided
/// @param exact         whether these are all of the last hour, or the newest
/// @param files         how many there are
/// @param records       the sum of their rows
/// @param rowsPerSecond decided rows, on average over the last minute; those of a file count when it is decided
/// @param minutes       the last sixty minutes, those without work too, the oldest first
/// @param reasons       how often each code was given to a row
/// @param recent        the files that were decided or given up last, the newest first
record LastHour(
        Instant since,
        boolean exact,
        int files,
        Receipt.Records records,
        double rowsPerSecond,
        List<Minute> minutes,
        SortedMap<String, Long> reasons,
        List<FileItem> recent) {

    static final int SHOWN = 12;

    private static final int MINUTES = 60;
    private static final Duration RATE = Duration.ofMinutes(1);

    /// What was decided in one minute.
    record Minute(Instant at, long files, long accepted, long rejected, long unreadable) {}

    static LastHour of(LatestFiles.Look look, List<DeadLetter> letters, Instant now) {
        SortedMap<String, Long> reasons = new TreeMap<>();
        look.files()
                .forEach(file -> file.violations()
                        .orElseThrow()
                        .forEach((code, count) -> reasons.merge(code, count, Long::sum)));
        return new LastHour(
                look.since().truncatedTo(ChronoUnit.MINUTES),
                look.exact(),
                look.files().size(),
                sum(look.files().stream()),
                rowsPerSecond(look, now),
                minutes(look, now),
                reasons,
                recent(look, letters));
    }

    private static Receipt.Records sum(Stream<FileItem> files) {
        return files.map(file -> file.records().orElseThrow()).reduce(Receipt.Records.NONE, Receipt.Records::plus);
    }

    private static Instant decidedAt(FileItem file) {
        return file.committedAt().orElseThrow();
    }

    /// Where not all files are known, over as long as they reach back.
    private static double rowsPerSecond(LatestFiles.Look look, Instant now) {
        Instant minute = now.minus(RATE);
        Instant from = look.since().isAfter(minute) ? look.since() : minute;
        long rows = sum(look.files().stream().filter(file -> !decidedAt(file).isBefore(from)))
                .read();
        double seconds = Math.max(1, Duration.between(from, now).toSeconds());
        return Math.round(10 * rows / seconds) / 10.0;
    }

    private static List<Minute> minutes(LatestFiles.Look look, Instant now) {
        Map<Instant, List<FileItem>> byMinute = new HashMap<>();
        look.files()
                .forEach(file -> byMinute.computeIfAbsent(
                                decidedAt(file).truncatedTo(ChronoUnit.MINUTES), _ -> new ArrayList<>())
                        .add(file));
        Instant last = now.truncatedTo(ChronoUnit.MINUTES);
        return Stream.iterate(last.minus(MINUTES - 1, ChronoUnit.MINUTES), at -> at.plus(1, ChronoUnit.MINUTES))
                .limit(MINUTES)
                .map(at -> minute(at, byMinute.getOrDefault(at, List.of())))
                .toList();
    }

    private static Minute minute(Instant at, List<FileItem> files) {
        Receipt.Records records = sum(files.stream());
        return new Minute(at, files.size(), records.accepted(), records.rejected(), records.unreadable());
    }

    private static List<FileItem> recent(LatestFiles.Look look, List<DeadLetter> letters) {
        Stream<FileItem> givenUp = letters.stream()
                .filter(letter -> letter.state() == DeadLetter.State.OPEN)
                .filter(letter -> letter.at().isAfter(look.since()))
                .flatMap(letter -> FileItem.of(letter).stream());
        return Stream.concat(look.files().stream(), givenUp)
                .sorted(Comparator.comparing(LastHour::endedAt).reversed())
                .limit(SHOWN)
                .toList();
    }

    private static Instant endedAt(FileItem file) {
        return file.committedAt().or(file::since).orElseThrow();
    }
}
