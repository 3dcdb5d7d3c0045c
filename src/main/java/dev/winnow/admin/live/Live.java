package dev.winnow.admin.live;

import dev.winnow.deadletter.DeadLetterIndex;
import dev.winnow.object.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// Makes snapshots, at a cost that does not grow with how many look on: what others know is looked up every few
/// seconds at most, and only while somebody looks.
@Singleton
final class Live {

    private static final Duration EACH = Duration.ofSeconds(1);
    private static final Duration QUEUE = Duration.ofSeconds(5);
    private static final Duration LETTERS = Duration.ofSeconds(5);
    private static final Duration WAITING = Duration.ofSeconds(10);

    private final Recent recent;
    private final Clock clock;
    private final Instant since;
    private final Kept<Snapshot> latest;
    private final Kept<Snapshot.Depths> queue;
    private final Kept<DeadLetterIndex.Look> letters;
    private final Kept<Optional<Snapshot.Waiting>> waiting;

    Live(Recent recent, Backlog backlog, Clock clock) {
        this.recent = recent;
        this.clock = clock;
        this.since = clock.instant();
        this.queue = new Kept<>(backlog::queue, QUEUE, clock);
        this.letters = new Kept<>(backlog::letters, LETTERS, clock);
        this.waiting = new Kept<>(() -> backlog.waiting(letters.get()), WAITING, clock);
        this.latest = new Kept<>(this::look, EACH, clock);
    }

    /// The state of this moment, give or take a second.
    Snapshot snapshot() {
        return latest.get();
    }

    private Snapshot look() {
        Optional<Snapshot.Depths> depths = reached(queue::get);
        Optional<Snapshot.GivenUp> givenUp = reached(() -> Backlog.givenUp(letters.get()));
        Optional<Optional<Snapshot.Waiting>> files = givenUp.flatMap(_ -> reached(waiting::get));
        return new Snapshot(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                since.truncatedTo(ChronoUnit.MILLIS),
                recent.rowsPerSecond(),
                recent.minutes(),
                recent.reasons(),
                recent.ended(),
                depths,
                files.flatMap(it -> it),
                givenUp,
                trouble(depths.isPresent(), files.isPresent()));
    }

    private static Optional<String> trouble(boolean queue, boolean bucket) {
        if (queue && bucket) {
            return Optional.empty();
        }
        String what = queue ? "the bucket" : bucket ? "the queue" : "the bucket and the queue";
        return Optional.of("Cannot reach " + what);
    }

    private static <T> Optional<T> reached(Supplier<T> lookUp) {
        try {
            return Optional.of(lookUp.get());
        } catch (StoreUnavailableException | SdkException e) {
            return Optional.empty();
        }
    }
}
