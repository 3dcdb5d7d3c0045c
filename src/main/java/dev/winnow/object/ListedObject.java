package dev.winnow.object;

import java.time.Instant;

/// What a listing says of an object.
///
/// @param eTag without its quotation marks
/// @param size in bytes
public record ListedObject(String key, String eTag, long size, Instant lastModified) {}
