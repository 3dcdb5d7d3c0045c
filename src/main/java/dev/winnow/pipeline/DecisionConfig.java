package dev.winnow.pipeline;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/// How records are decided.
@ConfigMapping(prefix = "winnow")
public interface DecisionConfig {

    /// How many cores decide records; by default all that the process may use.
    Optional<@Min(1) Integer> cores();
}
