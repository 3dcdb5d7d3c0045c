package dev.winnow.object;

/// A small object as it was read, with the ETag by which a change is made on condition that nobody made one
/// since.
///
/// @param eTag without its quotation marks
@SuppressWarnings("ArrayRecordComponent") // Documents are never compared.
public record Document(byte[] bytes, String eTag) {}
