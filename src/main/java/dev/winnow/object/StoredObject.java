package dev.winnow.object;

import java.time.Instant;
import java.util.Map;

/// What the store says of an object.
///
/// @param eTag     without its quotation marks; empty where a store gives none, which S3 never does
/// @param size     in bytes
/// @param metadata the object's user metadata, without the `x-amz-meta-` prefix
public record StoredObject(String eTag, long size, Instant lastModified, Map<String, String> metadata) {}
