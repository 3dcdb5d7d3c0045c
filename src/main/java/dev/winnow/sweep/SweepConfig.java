package dev.winnow.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What the sweep takes for unheard of.
@ConfigMapping(prefix = "winnow.sweep")
public interface SweepConfig {

    /// How long an object lies in the incoming prefix before the sweep puts it through. Longer than the longest file
    /// takes, and than files may wait in the queue: what is only slow would be announced a second time.
    @WithDefault("1H")
    Duration olderThan();
}
