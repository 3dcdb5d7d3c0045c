package dev.winnow.consolidation;

/// A piece that stands at its key.
///
/// @param eTag of what stands there, on condition of which it is read
record Standing(Piece piece, String eTag) {}
