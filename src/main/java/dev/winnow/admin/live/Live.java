package dev.winnow.admin.live;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetterIndex;
import dev.winnow.object.StoreUnavailableException;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// Makes snapshots, at a cost that does not grow with how many look on: what others know is looked up every few
/// seconds at most, and only while somebody looks.
@Singleton
final class Live {

    private static final Duration QUEUE = Duration.ofSeconds(5);
    private static final Duration LETTERS = Duration.ofSeconds(5);
    private static final Duration LATEST = Duration.ofSeconds(5);
    private static final Duration WAITING = Duration.ofSeconds(10);

    /// Longer, and a snapshot goes without.
    private static final Duration PATIENCE = Duration.ofMillis(800);

    /// How long a call waits that can do without nothing.
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(20);

    private final Clock clock;
    private final Kept<Snapshot.Depths> queue;
    private final Kept<DeadLetterIndex.Look> letters;
    private final Kept<LatestFiles.Look> latest;
    private final Kept<Optional<Snapshot.Waiting>> waiting;

    Live(LatestFiles latest, Backlog backlog, Clock clock, @VirtualThreads ExecutorService threads) {
        this.clock = clock;
        this.queue = new Kept<>(backlog::queue, QUEUE, clock, threads);
        this.letters = new Kept<>(backlog::letters, LETTERS, clock, threads);
        this.latest = new Kept<>(latest::look, LATEST, clock, threads);
        this.waiting = new Kept<>(() -> letters.get(PATIENCE).flatMap(backlog::waiting), WAITING, clock, threads);
    }

    /// The state of this moment.
    Snapshot snapshot() {
        Optional<Snapshot.Depths> depths = queue.get(PATIENCE);
        Optional<DeadLetterIndex.Look> look = letters.get(PATIENCE);
        Optional<Snapshot.Waiting> files =
                look.flatMap(_ -> waiting.get(PATIENCE)).flatMap(it -> it);
        Optional<LatestFiles.Look> decided = latest.get(PATIENCE);
        List<DeadLetter> givenUp = look.map(DeadLetterIndex.Look::letters).orElse(List.of());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Snapshot(
                now,
                decided.map(it -> LastHour.of(it, givenUp, now)),
                depths,
                files,
                look.map(Backlog::givenUp),
                trouble(queue.hasFailed(), letters.hasFailed() || waiting.hasFailed() || latest.hasFailed()));
    }

    /// The files of which the figures of a snapshot are the sums.
    ///
    /// @throws StoreUnavailableException when the bucket does not tell
    LatestFiles.Look latestFiles() {
        return latest.get(LONG_PATIENCE)
                .orElseThrow(() ->
                        new StoreUnavailableException("Cannot list the latest files: the bucket does not answer"));
    }

    private static Optional<String> trouble(boolean queue, boolean bucket) {
        if (!queue && !bucket) {
            return Optional.empty();
        }
        String what = !queue ? "the bucket" : !bucket ? "the queue" : "the bucket and the queue";
        return Optional.of("Cannot reach " + what);
    }
}
