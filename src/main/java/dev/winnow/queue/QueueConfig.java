package dev.winnow.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;

/// How messages are worked on.
@ConfigMapping(prefix = "winnow")
public interface QueueConfig {

    /// How many messages are in work at once. Without it 8 for each core, if the heap has 16 MiB for each of them.
    Optional<@Min(1) @Max(1000) Integer> concurrency();

    /// How long a stop waits for the files in work. What is not done by then goes back to the queue. The
    /// platform's own grace period must be longer.
    @WithDefault("25S")
    Duration drain();

    /// How a message whose file could not be taken in for now comes back.
    Retry retry();

    /// Exponential back-off: `base` doubles with each delivery up to `cap`, and a random share of up to a half
    /// is taken off, so that what failed together does not come back together.
    interface Retry {

        /// The wait after the first delivery.
        @WithDefault("10S")
        Duration base();

        /// The longest wait; SQS allows up to 12 hours.
        @WithDefault("15M")
        @DurationMax(hours = 12)
        Duration cap();
    }
}
