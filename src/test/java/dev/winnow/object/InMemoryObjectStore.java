package dev.winnow.object;

import dev.winnow.file.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A bucket in memory, unversioned, with S3's semantics as far as the service relies on them: strong consistency,
/// conditional writes, and uploads that nobody sees until they are completed.
public final class InMemoryObjectStore implements ObjectStore {

    private final SortedMap<String, Content> objects = new TreeMap<>();
    private final NavigableMap<String, Upload> uploads = new TreeMap<>();
    private Instant now = Instant.parse("2026-11-22T09:30:00Z");
    private int uploadsStarted;

    @SuppressWarnings("ArrayRecordComponent") // Contents are never compared.
    private record Content(byte[] bytes, String eTag, Instant lastModified, Map<String, String> metadata) {}

    private record Upload(String key, Map<String, String> metadata, SortedMap<Integer, byte[]> parts) {}

    /// Puts an object as a sender does, and names it as its event would.
    public synchronized SourceFile put(String bucket, String key, byte[] bytes) {
        write(key, bytes, Map.of());
        return new SourceFile(bucket, key, Optional.empty(), md5(bytes), bytes.length);
    }

    /// All keys, as a listing shows them.
    public synchronized List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /// How many uploads are pending.
    public synchronized int pendingUploads() {
        return uploads.size();
    }

    /// What the bucket's lifecycle rule does to uploads that are too old.
    public synchronized void expireUploads() {
        uploads.clear();
    }

    /// The same, come only as far as the upload started first.
    public synchronized void expireOldestUpload() {
        uploads.pollFirstEntry();
    }

    /// Moves the store's clock by a second.
    public synchronized void tick() {
        pass(Duration.ofSeconds(1));
    }

    /// Moves the store's clock.
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void check() {}

    @Override
    public synchronized Optional<StoredObject> head(String key) {
        return Optional.ofNullable(objects.get(key))
                .map(it -> new StoredObject(it.eTag(), it.bytes().length, it.lastModified(), it.metadata()));
    }

    @Override
    public synchronized Optional<byte[]> read(String key) {
        return Optional.ofNullable(objects.get(key)).map(Content::bytes);
    }

    @Override
    public synchronized Optional<Document> fetch(String key) {
        return Optional.ofNullable(objects.get(key)).map(it -> new Document(it.bytes(), it.eTag()));
    }

    @Override
    public synchronized Listing list(String prefix, String after, int most) {
        String from = after.compareTo(prefix) > 0 ? after : prefix;
        List<ListedObject> found = objects.tailMap(from).entrySet().stream()
                .takeWhile(it -> it.getKey().startsWith(prefix))
                .filter(it -> it.getKey().compareTo(after) > 0)
                .limit(most + 1L)
                .map(it -> new ListedObject(
                        it.getKey(),
                        it.getValue().eTag(),
                        it.getValue().bytes().length,
                        it.getValue().lastModified()))
                .toList();
        return found.size() <= most
                ? new Listing(found, now, Optional.empty())
                : new Listing(
                        found.subList(0, most),
                        now,
                        Optional.of(found.get(most - 1).key()));
    }

    @Override
    public synchronized List<String> folders(String prefix) {
        return objects.keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.indexOf('/', prefix.length()) > 0)
                .map(key -> key.substring(prefix.length(), key.indexOf('/', prefix.length())))
                .distinct()
                .toList();
    }

    @Override
    public synchronized boolean replaceIfMatch(String key, String eTag, byte[] body, String contentType) {
        if (!objects.containsKey(key) || !objects.get(key).eTag().equals(eTag)) {
            return false;
        }
        write(key, body, Map.of());
        return true;
    }

    @Override
    public synchronized void put(String key, byte[] body, String contentType) {
        write(key, body, Map.of());
    }

    @Override
    public synchronized OpenObject open(SourceFile file, long offset) {
        Content content = current(file);
        return new OpenObject(
                new ByteArrayInputStream(content.bytes(), (int) offset, content.bytes().length),
                content.lastModified());
    }

    @Override
    public synchronized boolean createIfAbsent(String key, byte[] body, String contentType) {
        if (objects.containsKey(key)) {
            return false;
        }
        write(key, body, Map.of());
        return true;
    }

    @Override
    public synchronized void copy(SourceFile file, String toKey, String sha256) {
        Content content = current(file);
        write(toKey, content.bytes(), content.metadata());
    }

    @Override
    public synchronized String startUpload(String key, String contentType, Map<String, String> metadata) {
        uploadsStarted++;
        String id = "upload-%06d".formatted(uploadsStarted);
        uploads.put(id, new Upload(key, metadata, new TreeMap<>()));
        return id;
    }

    @Override
    public synchronized String uploadPart(String key, String uploadId, int number, byte[] buffer, int length) {
        Upload upload = uploads.get(uploadId);
        if (upload == null || !upload.key().equals(key)) {
            throw new StoreUnavailableException("Cannot upload a part of " + key + ": NoSuchUpload");
        }
        byte[] part = Arrays.copyOf(buffer, length);
        upload.parts().put(number, part);
        return md5(part);
    }

    @Override
    public synchronized String copyPart(
            SourceFile from, long first, long length, String key, String uploadId, int number) {
        byte[] part =
                Arrays.copyOfRange(current(from).bytes(), Math.toIntExact(first), Math.toIntExact(first + length));
        return uploadPart(key, uploadId, number, part, part.length);
    }

    @Override
    public synchronized boolean completeUploadIfMatch(
            String key, String uploadId, List<String> parts, Optional<String> eTag) {
        Optional<String> stands = Optional.ofNullable(objects.get(key)).map(Content::eTag);
        if (!stands.equals(eTag)) {
            return false;
        }
        if (!completeUpload(key, uploadId, parts)) {
            throw new StoreUnavailableException("Cannot complete the upload of " + key + ": NoSuchUpload");
        }
        return true;
    }

    @Override
    public synchronized boolean completeUpload(String key, String uploadId, List<String> parts) {
        Upload upload = uploads.get(uploadId);
        if (upload == null || !upload.key().equals(key)) {
            return false;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int number = 1; number <= parts.size(); number++) {
            byte[] part = upload.parts().get(number);
            if (part == null || !md5(part).equals(parts.get(number - 1))) {
                throw new StoreUnavailableException("Cannot complete the upload of " + key + ": InvalidPart");
            }
            body.writeBytes(part);
        }
        write(key, body.toByteArray(), upload.metadata());
        uploads.remove(uploadId);
        return true;
    }

    @Override
    public synchronized void abortUpload(String key, String uploadId) {
        uploads.remove(uploadId);
    }

    @Override
    public synchronized void removeIfMatch(String key, String eTag) {
        if (objects.containsKey(key) && objects.get(key).eTag().equals(eTag)) {
            objects.remove(key);
        }
    }

    @Override
    public synchronized void remove(String key) {
        objects.remove(key);
    }

    private Content current(SourceFile file) {
        Content content = objects.get(file.key());
        if (content == null || !content.eTag().equals(file.eTag())) {
            throw new SourceLostException(file.key());
        }
        return content;
    }

    private void write(String key, byte[] bytes, Map<String, String> metadata) {
        if (key.getBytes(StandardCharsets.UTF_8).length > 1024) {
            throw new StoreUnavailableException("Cannot write " + key + ": KeyTooLongError");
        }
        objects.put(key, new Content(bytes.clone(), md5(bytes), now, Map.copyOf(metadata)));
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
