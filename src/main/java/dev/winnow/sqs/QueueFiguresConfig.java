package dev.winnow.sqs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What is told of the queues.
@ConfigMapping(prefix = "winnow.queue-figures")
public interface QueueFiguresConfig {

    /// How often SQS is asked at most how many messages the queues hold, and only while metrics are scraped; `0S`
    /// never.
    @WithDefault("1M")
    Duration every();
}
