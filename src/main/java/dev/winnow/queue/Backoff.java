package dev.winnow.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long what could not be done for now waits before it is tried again.
@Singleton
public final class Backoff {

    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;

    @jakarta.inject.Inject
    Backoff(QueueConfig config) {
        this(config.retry().base(), config.retry().cap(), RandomGenerator.getDefault());
    }

    public Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    /// The wait after the given try, the first being 1: the base, doubled with each, at most the cap, less
    /// a random share of up to a half.
    public Duration after(int tries) {
        int doublings = Math.clamp(tries - 1, 0, 30);
        long millis = Math.min(cap.toMillis(), base.toMillis() << doublings);
        return Duration.ofMillis(millis - (long) (random.nextDouble() * millis / 2));
    }
}
