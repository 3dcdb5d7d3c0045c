package dev.winnow.admin.live;

import dev.winnow.pipeline.Attempted;
import dev.winnow.pipeline.Taken;
import dev.winnow.pipeline.Witness;
import dev.winnow.receipt.Receipt;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What this process did in the last hour, in memory that does not grow with it.
@Singleton
final class Recent implements Witness {

    static final int KEPT = 50;

    private static final Duration RATE = Duration.ofMinutes(1);
    private static final int MINUTES = 60;

    private final Clock clock;
    private final Deque<Snapshot.Ended> ended = new ArrayDeque<>();
    private final Deque<Tally> minutes = new ArrayDeque<>();
    private final Deque<Second> seconds = new ArrayDeque<>();

    private record Second(Instant at, long rows) {}

    /// One minute's counts while it goes by.
    private static final class Tally {

        private final Instant at;
        private final SortedMap<String, Long> codes = new TreeMap<>();
        private long files;
        private long accepted;
        private long rejected;
        private long unreadable;
        private long poisoned;

        private Tally(Instant at) {
            this.at = at;
        }

        private void add(Receipt receipt) {
            files++;
            accepted += receipt.records().accepted();
            rejected += receipt.records().rejected();
            unreadable += receipt.records().unreadable();
            receipt.violations().forEach((code, count) -> codes.merge(code, count, Long::sum));
        }

        private Snapshot.Minute minute() {
            return new Snapshot.Minute(at, files, accepted, rejected, unreadable, poisoned);
        }
    }

    Recent(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void ended(Attempted attempt) {
        Instant now = clock.instant();
        switch (attempt.taken()) {
            case Taken.Committed(Receipt receipt) -> {
                minute(now).add(receipt);
                count(now, receipt.records().read());
                keep(now, attempt, Optional.of(receipt.records()), Optional.empty());
            }
            // A duplicate event of a file that was seen already is no news.
            case Taken.AlreadyCommitted _ -> {}
            case Taken.Superseded _ -> keep(now, attempt, Optional.empty(), Optional.empty());
            case Taken.Poisoned(var reason, String _) -> {
                minute(now).poisoned++;
                keep(now, attempt, Optional.empty(), Optional.of(reason.code()));
            }
            case Taken.Postponed _ -> keep(now, attempt, Optional.empty(), Optional.empty());
        }
    }

    /// The attempts that ended last, the newest first.
    synchronized List<Snapshot.Ended> ended() {
        return List.copyOf(ended);
    }

    /// The last sixty minutes, those without work too, the oldest first.
    synchronized List<Snapshot.Minute> minutes() {
        Instant last = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        forget(last);
        List<Snapshot.Minute> all = new ArrayList<>();
        for (int ago = MINUTES - 1; ago >= 0; ago--) {
            Instant at = last.minus(ago, ChronoUnit.MINUTES);
            all.add(minutes.stream()
                    .filter(tally -> tally.at.equals(at))
                    .findFirst()
                    .map(Tally::minute)
                    .orElseGet(() -> new Snapshot.Minute(at, 0, 0, 0, 0, 0)));
        }
        return all;
    }

    /// How often each code was given in these minutes.
    synchronized SortedMap<String, Long> reasons() {
        forget(clock.instant().truncatedTo(ChronoUnit.MINUTES));
        SortedMap<String, Long> reasons = new TreeMap<>();
        minutes.forEach(tally -> tally.codes.forEach((code, count) -> reasons.merge(code, count, Long::sum)));
        return reasons;
    }

    /// Records a second, on average over the last minute.
    synchronized double rowsPerSecond() {
        Instant from = clock.instant().minus(RATE);
        while (!seconds.isEmpty() && seconds.getFirst().at().isBefore(from)) {
            seconds.removeFirst();
        }
        long rows = seconds.stream().mapToLong(Second::rows).sum();
        return Math.round(10.0 * rows / RATE.toSeconds()) / 10.0;
    }

    private void count(Instant now, long rows) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Second last = seconds.peekLast();
        if (last != null && last.at().equals(second)) {
            seconds.removeLast();
            seconds.addLast(new Second(second, last.rows() + rows));
        } else {
            seconds.addLast(new Second(second, rows));
        }
        while (seconds.size() > RATE.toSeconds()) {
            seconds.removeFirst();
        }
    }

    private Tally minute(Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MINUTES);
        forget(at);
        Tally last = minutes.peekLast();
        if (last == null || last.at.isBefore(at)) {
            last = new Tally(at);
            minutes.addLast(last);
        }
        return last;
    }

    private void forget(Instant minute) {
        Instant first = minute.minus(MINUTES - 1, ChronoUnit.MINUTES);
        while (!minutes.isEmpty() && minutes.getFirst().at.isBefore(first)) {
            minutes.removeFirst();
        }
    }

    private void keep(Instant now, Attempted attempt, Optional<Receipt.Records> records, Optional<String> reason) {
        ended.addFirst(new Snapshot.Ended(
                now,
                attempt.file().id(),
                attempt.file().key(),
                attempt.file().size(),
                attempt.taken().code(),
                attempt.via().code(),
                attempt.took().toMillis(),
                records,
                reason));
        while (ended.size() > KEPT) {
            ended.removeLast();
        }
    }
}
