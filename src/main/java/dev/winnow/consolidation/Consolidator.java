package dev.winnow.consolidation;

import dev.winnow.object.ObjectStore;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.object.StoredObject;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.HourLayout;
import dev.winnow.receipt.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts one hour's outputs together, from receipts alone, so that the same receipts give the same bytes whoever
/// does it and however often.
///
/// What stands at the key is looked at before anything is listed, and is replaced only while it still stands:
/// whoever was overtaken starts over, so the object of a newer list is never replaced by that of an older one.
final class Consolidator {

    /// The user metadata that says of which pieces an object was made.
    static final String INPUTS = "winnow-inputs";

    /// The user metadata that says how many committed files the hour had. They never become fewer.
    static final String FILES = "winnow-files";

    /// How often an hour is begun anew before it is left to the next delivery of its message.
    private static final int TRIES = 5;

    private final Workroom room;
    private final ObjectStore store;
    private final HourLayout hours;
    private final Receipts receipts;
    private final ConsolidationJournal journal;

    Consolidator(Workroom room, ConsolidationJournal journal) {
        this.room = room;
        this.store = room.store();
        this.hours = room.layout().hours();
        this.receipts = new Receipts(room);
        this.journal = journal;
    }

    /// Puts an hour together.
    ///
    /// @throws StoreUnavailableException when the store is out of reach, or others are always faster
    Map<Outcome, Consolidated> consolidate(String dataset, Hour hour) {
        Map<Outcome, Consolidated> done = new EnumMap<>(Outcome.class);
        for (int tries = 1; tries <= TRIES; tries++) {
            if (isDone(dataset, hour, done)) {
                return done;
            }
        }
        throw new StoreUnavailableException("Cannot consolidate " + dataset + " of " + hour.start()
                + ": its files or outputs changed " + TRIES + " times meanwhile");
    }

    /// Makes one try.
    ///
    /// @return false when something changed meanwhile
    private boolean isDone(String dataset, Hour hour, Map<Outcome, Consolidated> done) {
        Optional<StoredObject> mark = store.head(hours.renewal(dataset, hour));
        Map<Outcome, StoredObject> standing = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            store.head(hours.consolidated(outcome, dataset, hour)).ifPresent(it -> standing.put(outcome, it));
        }
        Inventory inventory = receipts.of(dataset, hour);
        boolean whole = true;
        for (Outcome outcome : Outcome.values()) {
            long begun = journal.begin();
            Optional<StoredObject> before = Optional.ofNullable(standing.get(outcome));
            Optional<Consolidated> result = renew(dataset, hour, outcome, before, inventory);
            if (result.isEmpty()) {
                return false;
            }
            journal.end(begun, dataset, hour, outcome, result.get());
            done.merge(outcome, result.get(), Consolidator::later);
            whole &= !(result.get() instanceof Consolidated.Incomplete);
        }
        if (whole) {
            // A mark that was written since then has another ETag and stays.
            mark.ifPresent(seen -> store.removeIfMatch(hours.renewal(dataset, hour), seen.eTag()));
        }
        return true;
    }

    /// That a later try finds all as it should be says nothing new.
    private static Consolidated later(Consolidated earlier, Consolidated later) {
        return later instanceof Consolidated.Unchanged ? earlier : later;
    }

    /// Makes one outcome what the inventory says.
    ///
    /// @return empty when something changed meanwhile
    private Optional<Consolidated> renew(
            String dataset, Hour hour, Outcome outcome, Optional<StoredObject> before, Inventory inventory) {
        String key = hours.consolidated(outcome, dataset, hour);
        List<Piece> pieces = inventory.of(outcome);
        String digest = inventory.digest(outcome);
        if (before.isPresent() && digest.equals(before.get().metadata().get(INPUTS))) {
            return Optional.of(new Consolidated.Unchanged());
        }
        int knew = before.map(it -> Integer.parseInt(it.metadata().getOrDefault(FILES, "0")))
                .orElse(0);
        if (inventory.files() < knew) {
            return Optional.of(new Consolidated.Incomplete(
                    pieces.size(),
                    0,
                    "the hour had " + knew + " files and has " + inventory.files() + ": have their backups expired?"));
        }
        if (pieces.isEmpty()) {
            return remove(key, before);
        }
        try {
            Map<String, String> metadata = Map.of(INPUTS, digest, FILES, Integer.toString(inventory.files()));
            return write(new Outputs(room, receipts, dataset, hour, outcome), pieces, key, metadata, before);
        } catch (SourceLostException e) {
            return Optional.empty();
        } catch (IncompleteException e) {
            return Optional.of(new Consolidated.Incomplete(pieces.size(), e.missing(), String.valueOf(e.getMessage())));
        }
    }

    private Optional<Consolidated> remove(String key, Optional<StoredObject> before) {
        if (before.isEmpty()) {
            return Optional.of(new Consolidated.Unchanged());
        }
        store.removeIfMatch(key, before.get().eTag());
        return store.head(key).isPresent() ? Optional.empty() : Optional.of(new Consolidated.Removed());
    }

    private Optional<Consolidated> write(
            Outputs outputs,
            List<Piece> pieces,
            String key,
            Map<String, String> metadata,
            Optional<StoredObject> before) {
        List<Standing> standing = outputs.find(pieces);
        Columns columns = HourCsv.columns(outputs, room.lanes(), standing);
        PartPlan plan = PartPlan.of(
                room.smallestPart(), room.partSize(), pieces, columns.names().size());
        try (Assembly assembly = new Assembly(store, key, metadata, plan)) {
            new HourCsv(outputs, room.lanes(), plan, columns).write(standing, assembly);
            if (!assembly.complete(before.map(StoredObject::eTag))) {
                return Optional.empty();
            }
            long records = pieces.stream().mapToLong(Piece::records).sum();
            return Optional.of(new Consolidated.Written(pieces.size(), records, assembly.size()));
        }
    }
}
