package dev.winnow.output;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How outputs are uploaded.
@ConfigMapping(prefix = "winnow.output")
public interface OutputConfig {

    /// The size of an upload's parts, at least 5 MiB. All files in work share a third of the heap for them, and no
    /// output can grow beyond 10,000 of them.
    @WithDefault("5M")
    MemorySize partSize();
}
