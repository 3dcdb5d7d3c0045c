package dev.winnow.queue;

import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// A bucket in memory in which any call can be made to fail, named as `open incoming/guests/a.csv`.
final class Bucket {

    static final String NAME = "bucket";

    private final InMemoryObjectStore content = new InMemoryObjectStore();
    private final Map<String, Runnable> faults = new ConcurrentHashMap<>();

    /// The bucket as the service has it, faults included.
    ObjectStore store() {
        return new HookedObjectStore(content, new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                faults.getOrDefault(call, () -> {}).run();
                return made.get();
            }
        });
    }

    /// Puts an object as a sender does, and names it as its event would.
    SourceFile put(String key, String text) {
        return content.put(NAME, key, text.getBytes(StandardCharsets.UTF_8));
    }

    void remove(String key) {
        content.remove(key);
    }

    Optional<String> text(String key) {
        return content.read(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    List<String> keys(String prefix) {
        return content.keys().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /// Makes a call fail from now on.
    void fail(String call, RuntimeException fault) {
        faults.put(call, () -> {
            throw fault;
        });
    }

    /// Makes a call fail from now on.
    void fail(String call, Error fault) {
        faults.put(call, () -> {
            throw fault;
        });
    }

    /// Ends all faults.
    void mend() {
        faults.clear();
    }
}
