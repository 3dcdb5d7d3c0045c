package dev.winnow.object;

import io.smallrye.config.ConfigMapping;

/// Which bucket the service takes files from and writes to.
@ConfigMapping(prefix = "winnow")
public interface BucketConfig {

    /// The bucket's name. It must exist.
    String bucket();
}
