package dev.winnow.object;

import java.io.InputStream;
import java.time.Instant;

/// An object being read.
///
/// @param body         its bytes from the offset asked for on; closed by whoever asked
/// @param lastModified when this content was put at its key, by the store's clock
public record OpenObject(InputStream body, Instant lastModified) {}
