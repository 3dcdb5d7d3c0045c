package dev.winnow.deadletter;

import dev.winnow.file.SourceFile;
import dev.winnow.object.Document;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.BucketJson;
import dev.winnow.receipt.Layout;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The register of dead letters: one entry in the bucket for each file, or message, that was given up.
///
/// It is what operators look at and act on. SQS can neither filter nor show a message without hiding it and counting
/// the look, so the dead-letter queue is only the bell. Every change is made on condition that nobody made one since
/// the entry was read, and an entry that is gone, because its file was committed, never comes back by a change.
///
/// Every method may throw [StoreUnavailableException].
@Singleton
public final class DeadLetters {

    /// How often a change is tried while others change the same entry.
    private static final int TRIES = 8;

    /// Folders' names that lead elsewhere in a store which keeps objects as files.
    private static final Set<String> NO_FOLDER = Set.of("", ".", "..");

    private final ObjectStore store;
    private final Layout layout;

    public DeadLetters(ObjectStore store, Layout layout) {
        this.store = store;
        this.layout = layout;
    }

    /// The dead letter of that id, whichever folder it lies in.
    public Optional<DeadLetter> find(String id) {
        for (String folder : store.folders(layout.deadLetters())) {
            Optional<DeadLetter> found = find(folder, id);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// The dead letter of a file.
    public Optional<DeadLetter> find(SourceFile file) {
        return find(folder(file), file.id().value());
    }

    /// Changes an entry.
    ///
    /// @param change must have no effect but its result, since it may be asked for several times
    /// @return what stands there now, nothing when the entry is gone
    public Optional<DeadLetter> change(DeadLetter letter, UnaryOperator<DeadLetter> change) {
        String key = key(letter);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<Document> entry = store.fetch(key);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            DeadLetter changed = change.apply(read(entry.get()));
            if (store.replaceIfMatch(key, entry.get().eTag(), BucketJson.write(changed), BucketJson.CONTENT_TYPE)) {
                return Optional.of(changed);
            }
        }
        throw contended(key);
    }

    /// The dead letter of that id in a folder: a dataset, or [DeadLetter#MESSAGES].
    public Optional<DeadLetter> find(String folder, String id) {
        return store.fetch(layout.deadLetter(folder, id)).map(DeadLetters::read);
    }

    /// Enters a new failure. It takes the place of an earlier one of the same file, unless that one is of a later
    /// redrive.
    void enter(DeadLetter letter) {
        String key = key(letter);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<Document> entry = store.fetch(key);
            boolean done;
            if (entry.isEmpty()) {
                done = store.createIfAbsent(key, BucketJson.write(letter), BucketJson.CONTENT_TYPE);
            } else {
                DeadLetter before = read(entry.get());
                done = before.redrives() > letter.redrives()
                        || store.replaceIfMatch(
                                key,
                                entry.get().eTag(),
                                BucketJson.write(letter.since(before)),
                                BucketJson.CONTENT_TYPE);
            }
            if (done) {
                return;
            }
        }
        throw contended(key);
    }

    /// Takes an entry out.
    void remove(DeadLetter letter) {
        store.remove(key(letter));
    }

    /// The folder of a file's entry: its dataset, or what stands in its place.
    String folder(SourceFile file) {
        return layout.dataset(file.key())
                .filter(name -> !NO_FOLDER.contains(name))
                .orElse("unknown");
    }

    private String key(DeadLetter letter) {
        return layout.deadLetter(letter.folder(), letter.id());
    }

    static DeadLetter read(Document entry) {
        return BucketJson.read(entry.bytes(), DeadLetter.class);
    }

    private static StoreUnavailableException contended(String key) {
        return new StoreUnavailableException("Cannot change " + key + ": others change it at the same time");
    }
}
