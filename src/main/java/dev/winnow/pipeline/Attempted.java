package dev.winnow.pipeline;

import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Via;
import java.time.Duration;

/// One attempt that has ended.
///
/// @param took from its beginning to its end
public record Attempted(SourceFile file, Via via, Taken taken, Duration took) {}
