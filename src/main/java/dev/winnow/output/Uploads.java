package dev.winnow.output;

import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;

/// How outputs are uploaded.
///
/// @param buffers the memory for their parts
/// @param atOnce  how the calls of two outputs are made beside each other
public record Uploads(ObjectStore store, PartBuffers buffers, AtOnce atOnce) {}
