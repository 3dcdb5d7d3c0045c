package dev.winnow.output;

import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;

/// How outputs are uploaded.
///
/// @param partSize the size of an upload's parts, in bytes
/// @param atOnce   how the calls of two outputs are made beside each other
public record Uploads(ObjectStore store, int partSize, AtOnce atOnce) {}
