package dev.winnow.admin.live;

import dev.winnow.deadletter.DeadLetterIndex;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// Makes snapshots, at a cost that does not grow with how many look on: what others know is looked up every few
/// seconds at most, and only while somebody looks.
@Singleton
final class Live {

    private static final Duration QUEUE = Duration.ofSeconds(5);
    private static final Duration LETTERS = Duration.ofSeconds(5);
    private static final Duration WAITING = Duration.ofSeconds(10);

    /// Longer, and a snapshot goes without.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Recent recent;
    private final Clock clock;
    private final Instant since;
    private final Kept<Snapshot.Depths> queue;
    private final Kept<DeadLetterIndex.Look> letters;
    private final Kept<Optional<Snapshot.Waiting>> waiting;

    Live(Recent recent, Backlog backlog, Clock clock, @VirtualThreads ExecutorService threads) {
        this.recent = recent;
        this.clock = clock;
        this.since = clock.instant();
        this.queue = new Kept<>(backlog::queue, QUEUE, PATIENCE, clock, threads);
        this.letters = new Kept<>(backlog::letters, LETTERS, PATIENCE, clock, threads);
        this.waiting = new Kept<>(() -> letters.get().flatMap(backlog::waiting), WAITING, PATIENCE, clock, threads);
    }

    /// The state of this moment.
    Snapshot snapshot() {
        Optional<Snapshot.Depths> depths = queue.get();
        Optional<DeadLetterIndex.Look> look = letters.get();
        Optional<Snapshot.Waiting> files = look.flatMap(_ -> waiting.get()).flatMap(it -> it);
        return new Snapshot(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                since.truncatedTo(ChronoUnit.MILLIS),
                recent.rowsPerSecond(),
                recent.minutes(),
                recent.reasons(),
                recent.ended(),
                depths,
                files,
                look.map(Backlog::givenUp),
                trouble(queue.hasFailed(), letters.hasFailed() || waiting.hasFailed()));
    }

    private static Optional<String> trouble(boolean queue, boolean bucket) {
        if (!queue && !bucket) {
            return Optional.empty();
        }
        String what = !queue ? "the bucket" : !bucket ? "the queue" : "the bucket and the queue";
        return Optional.of("Cannot reach " + what);
    }
}
