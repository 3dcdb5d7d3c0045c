package dev.winnow.object;

import dev.winnow.file.SourceFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A bucket in memory in which any call can be made to fail, named as `open incoming/guests/a.csv`.
public final class Bucket {

    public static final String NAME = "bucket";

    private final InMemoryObjectStore content = new InMemoryObjectStore();
    private final Map<String, Runnable> faults = new ConcurrentHashMap<>();
    private volatile Consumer<String> each = call -> {};

    /// The bucket as the service has it, faults included.
    public ObjectStore store() {
        return new HookedObjectStore(content, new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                each.accept(call);
                faults.getOrDefault(call, () -> {}).run();
                return made.get();
            }
        });
    }

    /// Puts an object as a sender does, and names it as its event would.
    public SourceFile put(String key, String text) {
        return content.put(NAME, key, text.getBytes(StandardCharsets.UTF_8));
    }

    public void remove(String key) {
        content.remove(key);
    }

    public Optional<String> text(String key) {
        return content.read(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    public List<String> keys(String prefix) {
        return content.keys().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /// Moves the store's clock.
    public void pass(Duration time) {
        content.pass(time);
    }

    /// Lets something happen before each call of that name from now on.
    public void before(String call, Runnable happening) {
        faults.put(call, happening);
    }

    /// Makes a call fail from now on.
    public void fail(String call, RuntimeException fault) {
        faults.put(call, () -> {
            throw fault;
        });
    }

    /// Makes a call fail from now on.
    public void fail(String call, Error fault) {
        faults.put(call, () -> {
            throw fault;
        });
    }

    /// Lets something happen before every call from now on.
    public void beforeEach(Consumer<String> happening) {
        each = happening;
    }

    /// Ends all faults, and whatever else happens.
    public void mend() {
        each = call -> {};
        faults.clear();
    }
}
