package dev.winnow.admin.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is looked up anew only once it is so old, however many ask.
final class Kept<T> {

    private final Supplier<T> lookUp;
    private final Duration age;
    private final Clock clock;
    private @Nullable T value;
    private Instant from = Instant.EPOCH;

    Kept(Supplier<T> lookUp, Duration age, Clock clock) {
        this.lookUp = lookUp;
        this.age = age;
        this.clock = clock;
    }

    /// The value; whatever the look-up throws is thrown, and the next call tries again.
    synchronized T get() {
        Instant now = clock.instant();
        T known = value;
        if (known != null && from.plus(age).isAfter(now)) {
            return known;
        }
        T found = lookUp.get();
        value = found;
        from = now;
        return found;
    }
}
