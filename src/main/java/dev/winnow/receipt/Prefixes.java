package dev.winnow.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Where in the bucket each kind of object lies. Every prefix ends with `/`, and none lies within another.
@ConfigMapping(prefix = "winnow.prefix")
public interface Prefixes {

    /// Files are dropped here, in a folder named as their dataset.
    @WithDefault("incoming/")
    String incoming();

    /// Accepted records.
    @WithDefault("successful/")
    String successful();

    /// Rejected records.
    @WithDefault("unsuccessful/")
    String unsuccessful();

    /// Sources, byte for byte.
    @WithDefault("backup/")
    String backup();

    /// Receipts.
    @WithDefault("receipts/")
    String receipts();

    /// Why a file could not be read.
    @WithDefault("dead-letters/")
    String deadLetters();

    /// The hours' outputs, put together.
    @WithDefault("consolidated/")
    String consolidated();

    /// What operators asked to have sent back from the dead letters, and how far it is.
    @WithDefault("redrives/")
    String redrives();

    /// Who changed what through the admin calls.
    @WithDefault("audit/")
    String audit();
}
