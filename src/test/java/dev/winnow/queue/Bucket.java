package dev.winnow.queue;

import dev.winnow.file.Sha256;
import dev.winnow.file.SourceFile;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.OpenObject;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.object.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;

/// A bucket in memory in which any call can be made to fail, named as `open incoming/guests/a.csv`.
final class Bucket implements ObjectStore {

    static final String NAME = "bucket";

    private static final Instant PUT_AT = Instant.parse("2026-11-22T09:30:00Z");

    private final SortedMap<String, Content> objects = new TreeMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private final Map<String, Runnable> faults = new HashMap<>();

    private record Content(SdkBytes bytes, Map<String, String> metadata) {

        String eTag() {
            MessageDigest digest = Sha256.digest();
            digest.update(bytes.asByteArray());
            return Sha256.hex(digest).substring(0, 32);
        }

        int size() {
            return bytes.asByteArrayUnsafe().length;
        }
    }

    private record Upload(Map<String, String> metadata, SortedMap<Integer, byte[]> parts) {}

    /// Puts an object as a sender does, and names it as its event would.
    synchronized SourceFile put(String key, String text) {
        Content content = new Content(SdkBytes.fromUtf8String(text), Map.of());
        objects.put(key, content);
        return new SourceFile(NAME, key, Optional.empty(), content.eTag(), content.size());
    }

    /// The object's text, if there is one; no fault stands in the way.
    synchronized Optional<String> text(String key) {
        return Optional.ofNullable(objects.get(key)).map(it -> it.bytes().asUtf8String());
    }

    synchronized List<String> keys(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /// Makes a call fail from now on.
    synchronized void fail(String call, RuntimeException fault) {
        faults.put(call, () -> {
            throw fault;
        });
    }

    /// Makes a call fail from now on.
    synchronized void fail(String call, Error fault) {
        faults.put(call, () -> {
            throw fault;
        });
    }

    /// Ends all faults.
    synchronized void mend() {
        faults.clear();
    }

    @Override
    public void check() {}

    @Override
    public synchronized Optional<StoredObject> head(String key) {
        called("head", key);
        return Optional.ofNullable(objects.get(key))
                .map(it -> new StoredObject(it.eTag(), it.size(), PUT_AT, it.metadata()));
    }

    @Override
    public synchronized Optional<byte[]> read(String key) {
        called("read", key);
        return Optional.ofNullable(objects.get(key)).map(it -> it.bytes().asByteArray());
    }

    @Override
    public synchronized OpenObject open(SourceFile file, long offset) {
        called("open", file.key());
        byte[] bytes = content(file).bytes().asByteArray();
        return new OpenObject(new ByteArrayInputStream(bytes, (int) offset, bytes.length), PUT_AT);
    }

    @Override
    public synchronized boolean createIfAbsent(String key, byte[] body, String contentType) {
        called("create", key);
        return objects.putIfAbsent(key, new Content(SdkBytes.fromByteArray(body), Map.of())) == null;
    }

    @Override
    public synchronized void copy(SourceFile file, String toKey, String sha256) {
        called("copy", file.key());
        objects.put(toKey, content(file));
    }

    @Override
    public synchronized String startUpload(String key, String contentType, Map<String, String> metadata) {
        called("start", key);
        String id = "upload of " + key;
        uploads.put(id, new Upload(metadata, new TreeMap<>()));
        return id;
    }

    @Override
    public synchronized String uploadPart(String key, String uploadId, int number, byte[] buffer, int length) {
        called("part", key);
        byte[] part = Arrays.copyOf(buffer, length);
        Upload upload = uploads.get(uploadId);
        if (upload == null) {
            throw new StoreUnavailableException("Cannot upload a part of " + key + ": NoSuchUpload");
        }
        upload.parts().put(number, part);
        return "part " + number;
    }

    @Override
    public synchronized boolean completeUpload(String key, String uploadId, List<String> parts) {
        called("complete", key);
        Upload upload = uploads.remove(uploadId);
        if (upload == null) {
            return false;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        upload.parts().values().forEach(body::writeBytes);
        objects.put(key, new Content(SdkBytes.fromByteArray(body.toByteArray()), upload.metadata()));
        return true;
    }

    @Override
    public synchronized void abortUpload(String key, String uploadId) {
        called("abort", key);
        uploads.remove(uploadId);
    }

    @Override
    public synchronized void removeIfMatch(String key, String eTag) {
        called("remove", key);
        Content content = objects.get(key);
        if (content != null && content.eTag().equals(eTag)) {
            objects.remove(key);
        }
    }

    @Override
    public synchronized void remove(String key) {
        called("remove", key);
        objects.remove(key);
    }

    private void called(String verb, String key) {
        faults.getOrDefault(verb + ' ' + key, () -> {}).run();
    }

    private Content content(SourceFile file) {
        Content content = objects.get(file.key());
        if (content == null || !content.eTag().equals(file.eTag())) {
            throw new SourceLostException(file.key());
        }
        return content;
    }
}
