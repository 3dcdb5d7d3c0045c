package dev.winnow.record;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// How much of a source is read before it is refused, so that no file can fill the memory or work without end.
@ConfigMapping(prefix = "winnow.reading")
public interface ReadLimits {

    /// The longest record, in characters; a longer one is rejected as `record.too-long` and the file goes on.
    ///
    /// A single field of more than twice as many characters is refused with its file: its end is not looked for.
    @WithDefault("1048576")
    @Min(1)
    @Max(1 << 28)
    int longestRecord();

    /// The most fields of a record; one with more is rejected as `record.too-many-fields` and the file goes on.
    @WithDefault("1000")
    @Min(1)
    @Max(1 << 20)
    int mostFields();

    /// The most bytes that a compressed file may inflate to.
    @WithDefault("64G")
    MemorySize largestInflated();

    /// The most bytes that a byte of a compressed file may inflate to on average, judged from 16 MiB on.
    @WithDefault("250")
    @Min(1)
    int highestRatio();
}
