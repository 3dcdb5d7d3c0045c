package dev.winnow.deadletter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// How dead letters are sent back.
@ConfigMapping(prefix = "winnow.redrive")
public interface RedriveConfig {

    /// How often a file may come back from the dead letters. One that comes once more is given up unread, so that it
    /// cannot go round for ever; an operator may let it start anew.
    @WithDefault("3")
    @Min(1)
    @Max(1000)
    int budget();
}
