package dev.winnow.object;

import dev.winnow.file.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A store of which a test sees, and may disturb, every call: what one worker has of a bucket that several share.
public class HookedObjectStore implements ObjectStore {

    private final ObjectStore store;
    private final Hook hook;

    /// What happens around a call.
    public interface Hook {

        /// Makes the call, or throws before or after it.
        <T> T around(String call, Supplier<T> made);
    }

    /// A worker's view that nothing disturbs, but for what a subclass changes.
    public HookedObjectStore(ObjectStore store) {
        this(store, new Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                return made.get();
            }
        });
    }

    public HookedObjectStore(ObjectStore store, Hook hook) {
        this.store = store;
        this.hook = hook;
    }

    @Override
    public void check() {
        store.check();
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return hook.around("head " + key, () -> store.head(key));
    }

    @Override
    public Optional<byte[]> read(String key) {
        return hook.around("read " + key, () -> store.read(key));
    }

    @Override
    public Optional<Document> fetch(String key) {
        return hook.around("fetch " + key, () -> store.fetch(key));
    }

    @Override
    public Listing list(String prefix, String after, int most) {
        return hook.around("list " + prefix, () -> store.list(prefix, after, most));
    }

    @Override
    public List<String> folders(String prefix) {
        return hook.around("folders " + prefix, () -> store.folders(prefix));
    }

    @Override
    public boolean replaceIfMatch(String key, String eTag, byte[] body, String contentType) {
        return hook.around("replace " + key, () -> store.replaceIfMatch(key, eTag, body, contentType));
    }

    @Override
    public void put(String key, byte[] body, String contentType) {
        hook.around("put " + key, () -> {
            store.put(key, body, contentType);
            return true;
        });
    }

    @Override
    public OpenObject open(SourceFile file, long offset) {
        return hook.around("open " + file.key(), () -> store.open(file, offset));
    }

    @Override
    public boolean createIfAbsent(String key, byte[] body, String contentType) {
        return hook.around("create " + key, () -> store.createIfAbsent(key, body, contentType));
    }

    @Override
    public void copy(SourceFile file, String toKey, String sha256) {
        hook.around("copy to " + toKey, () -> {
            store.copy(file, toKey, sha256);
            return true;
        });
    }

    @Override
    public String startUpload(String key, String contentType, Map<String, String> metadata) {
        return hook.around("start upload " + key, () -> store.startUpload(key, contentType, metadata));
    }

    @Override
    public String uploadPart(String key, String uploadId, int number, byte[] buffer, int length) {
        return hook.around("part " + key, () -> store.uploadPart(key, uploadId, number, buffer, length));
    }

    @Override
    public String copyPart(SourceFile from, long first, long length, String key, String uploadId, int number) {
        return hook.around("copy part " + key, () -> store.copyPart(from, first, length, key, uploadId, number));
    }

    @Override
    public boolean completeUploadIfMatch(String key, String uploadId, List<String> parts, Optional<String> eTag) {
        return hook.around("complete if match " + key, () -> store.completeUploadIfMatch(key, uploadId, parts, eTag));
    }

    @Override
    public boolean completeUpload(String key, String uploadId, List<String> parts) {
        return hook.around("complete " + key, () -> store.completeUpload(key, uploadId, parts));
    }

    @Override
    public void abortUpload(String key, String uploadId) {
        hook.around("abort " + key, () -> {
            store.abortUpload(key, uploadId);
            return true;
        });
    }

    @Override
    public void removeIfMatch(String key, String eTag) {
        hook.around("remove if match " + key, () -> {
            store.removeIfMatch(key, eTag);
            return true;
        });
    }

    @Override
    public void remove(String key) {
        hook.around("remove " + key, () -> {
            store.remove(key);
            return true;
        });
    }
}
