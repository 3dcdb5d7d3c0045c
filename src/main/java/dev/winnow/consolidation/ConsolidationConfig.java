package dev.winnow.consolidation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Which hours are put together, and how.
@ConfigMapping(prefix = "winnow.consolidation")
public interface ConsolidationConfig {

    /// How far back each run goes over the hours that have ended. Older ones are put together again only where a
    /// file has joined them late.
    @WithDefault("3H")
    Duration lookBack();

    /// How long an hour must be over, by the store's clock, before a run takes it up: the time that a file
    /// dropped at its end takes to be decided.
    @WithDefault("5M")
    Duration settle();

    /// How many receipts or outputs are read at once, by all consolidations in work together.
    @WithDefault("32")
    @Min(1)
    @Max(1000)
    int readsAtOnce();
}
