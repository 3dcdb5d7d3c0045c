package dev.winnow.file;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One content at one key: what a sender dropped.
///
/// The same bytes at the same key are the same file, however often they are sent or announced, so the version
/// is a way to read the content and no part of its identity.
///
/// @param bucket    the bucket's name
/// @param key       the object's key, decoded
/// @param versionId the version to read, where the bucket is versioned
/// @param eTag      the entity tag without its quotation marks
/// @param size      the object's length in bytes
public record SourceFile(String bucket, String key, Optional<String> versionId, String eTag, long size) {

    public SourceFile {
        if (bucket.isEmpty() || key.isEmpty() || eTag.isEmpty()) {
            throw new IllegalArgumentException("Cannot name a file: bucket, key and ETag must not be empty");
        }
        if (eTag.startsWith("\"")) {
            throw new IllegalArgumentException("Cannot name a file: its ETag still has its quotation marks");
        }
        if (size < 0) {
            throw new IllegalArgumentException("Cannot name a file: its size is negative");
        }
    }

    /// The identity of this content at this key.
    public FileId id() {
        return FileId.of(bucket, key, eTag, size);
    }

    /// The last segment of the key: `members.csv` of `incoming/membership/2026/members.csv`.
    public String baseName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /// The fields joined by line feeds. Bucket, ETag and size cannot hold one, so no two files give the same
    /// bytes.
    static byte[] canonical(String bucket, String key, String eTag, long size) {
        return (bucket + '\n' + key + '\n' + eTag + '\n' + size).getBytes(StandardCharsets.UTF_8);
    }
}
