package dev.winnow.object;

import dev.winnow.file.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One bucket, with the part of S3's semantics that the commit protocol rests on.
///
/// Every method may throw [StoreUnavailableException]; the effect of a write that threw is unknown.
public interface ObjectStore {

    /// Makes sure that the bucket is there and may be used.
    ///
    /// @throws io.quarkus.runtime.configuration.ConfigurationException when it is not
    void check();

    /// What stands at the key, if anything.
    Optional<StoredObject> head(String key);

    /// The whole of a small object, if there is one.
    Optional<byte[]> read(String key);

    /// The whole of a small object with its ETag, if there is one.
    Optional<Document> fetch(String key);

    /// A page of what lies under a prefix.
    ///
    /// @param after the key behind which the page begins; empty for the first page
    /// @param most  at most so many objects, from 1 to 1,000
    Listing list(String prefix, String after, int most);

    /// The names of the folders that lie directly under a prefix, without slashes.
    ///
    /// @param prefix ends with `/`, or is empty
    List<String> folders(String prefix);

    /// Opens the file's content from an offset on: its version where it has one, and only while its ETag is as
    /// announced. The body's [java.io.IOException]s are faults of the connection.
    ///
    /// @throws SourceLostException when the content is gone or was overwritten
    OpenObject open(SourceFile file, long offset);

    /// Creates an object where there is none.
    ///
    /// @return false when the store refused since there is one, or since another write is under way
    boolean createIfAbsent(String key, byte[] body, String contentType);

    /// Replaces an object on condition of its ETag.
    ///
    /// @return false when the store refused: another content or nothing stands there, or another write is under
    /// way
    boolean replaceIfMatch(String key, String eTag, byte[] body, String contentType);

    /// Writes an object, whatever stands at the key.
    void put(String key, byte[] body, String contentType);

    /// Copies the file's content, on condition that its ETag is as announced, without the bytes passing through
    /// here.
    ///
    /// @param sha256 the content's SHA-256, hexadecimal, which the copy is checked against where the store can
    ///               tell
    /// @throws SourceLostException when the content is gone or was overwritten
    void copy(SourceFile file, String toKey, String sha256);

    /// Starts a multipart upload, invisible to readers until it is completed.
    ///
    /// @return its id
    String startUpload(String key, String contentType, Map<String, String> metadata);

    /// Uploads one part.
    ///
    /// @param number from 1 to 10,000; every part but the last has at least 5 MiB
    /// @return its ETag without quotation marks
    String uploadPart(String key, String uploadId, int number, byte[] buffer, int length);

    /// Copies a range of an object's bytes as one part, without these passing through here.
    ///
    /// @param from   the object to copy from, on condition of its ETag
    /// @param first  the offset of the first byte
    /// @param length how many bytes: from 5 MiB, unless it is the last part, to 5 GiB
    /// @return the part's ETag without quotation marks
    /// @throws SourceLostException when the object is gone or was overwritten
    String copyPart(SourceFile from, long first, long length, String key, String uploadId, int number);

    /// Completes an upload, on condition of what it replaces.
    ///
    /// @param eTag of the object that must stand at the key; empty when none may
    /// @return false when the store refused: something else stands there, or another write is under way; then the
    /// upload is still pending
    boolean completeUploadIfMatch(String key, String uploadId, List<String> parts, Optional<String> eTag);

    /// Completes an upload, whose object replaces what stands at the key.
    ///
    /// @return false when the store knows no such upload: completed, aborted or expired
    boolean completeUpload(String key, String uploadId, List<String> parts);

    /// Aborts an upload; one that is gone already is no error.
    void abortUpload(String key, String uploadId);

    /// Removes an object on condition of its ETag; one that is gone or has another ETag stays as it is.
    void removeIfMatch(String key, String eTag);

    /// Removes an object; one that is gone already is no error.
    void remove(String key);
}
