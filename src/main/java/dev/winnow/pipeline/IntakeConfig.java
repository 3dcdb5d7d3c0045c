package dev.winnow.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What becomes of a source once it is done.
@ConfigMapping(prefix = "winnow")
public interface IntakeConfig {

    /// `move` takes a source out of the incoming prefix once its receipt stands and its outputs are published,
    /// `keep` leaves it there. Either way a backup is made.
    @WithDefault("move")
    AfterProcessing afterProcessing();

    /// See [#afterProcessing].
    enum AfterProcessing {
        MOVE,
        KEEP
    }
}
