package dev.winnow.ecs;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/// What ECS itself tells the containers of a task.
@ConfigMapping(prefix = "ecs")
public interface EcsConfig {

    /// Where the container agent answers, as `ECS_AGENT_URI`; there is none outside of ECS.
    Optional<URI> agentUri();
}
