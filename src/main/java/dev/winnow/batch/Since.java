package dev.winnow.batch;

import java.time.Duration;
import java.time.Instant;

/// From when on a file must be to be taken.
public sealed interface Since {

    /// A moment.
    record At(Instant instant) implements Since {}

    /// A time before the batch looks, by the store's clock.
    record Ago(Duration duration) implements Since {}

    /// The moment that it means for a store whose clock shows `now`.
    default Instant from(Instant now) {
        return switch (this) {
            case At(Instant instant) -> instant;
            case Ago(Duration duration) -> now.minus(duration);
        };
    }
}
