package dev.winnow.roster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What is set for rosters.
@ConfigMapping(prefix = "winnow.roster")
interface RosterConfig {

    /// The domain of addresses that come without one.
    @WithDefault("example.com")
    String mailDomain();
}
