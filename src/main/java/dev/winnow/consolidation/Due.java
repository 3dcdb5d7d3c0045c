package dev.winnow.consolidation;

import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.HourLayout;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tells which hours are due: the last ones that are over, and every one that a file has joined late.
final class Due {

    private final ObjectStore store;
    private final HourLayout hours;
    private final ConsolidationConfig config;

    Due(ObjectStore store, HourLayout hours, ConsolidationConfig config) {
        this.store = store;
        this.hours = hours;
        this.config = config;
    }

    /// Each dataset's hours, by the store's clock.
    SortedMap<String, NavigableSet<Hour>> hours() {
        SortedMap<String, NavigableSet<Hour>> due = new TreeMap<>();
        for (String dataset : store.folders(hours.backups())) {
            due.put(dataset, hours(dataset));
        }
        return due;
    }

    private NavigableSet<Hour> hours(String dataset) {
        NavigableSet<Hour> due = new TreeSet<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            Listing marks = store.list(hours.renewals(dataset), after.get(), Receipts.PAGE);
            Instant settled = marks.at().minus(config.settle());
            if (after.get().isEmpty()) {
                addLast(dataset, settled, due);
            }
            for (ListedObject mark : marks.objects()) {
                hours.renewed(dataset, mark.key())
                        .filter(hour -> !hour.end().isAfter(settled))
                        .ifPresent(due::add);
            }
            after = marks.next();
        }
        return due;
    }

    private void addLast(String dataset, Instant settled, NavigableSet<Hour> due) {
        Instant from = settled.minus(config.lookBack());
        for (Hour hour = Hour.of(settled).before(); hour.end().isAfter(from); hour = hour.before()) {
            if (!store.list(hours.backups(dataset, hour), "", 1).objects().isEmpty()) {
                due.add(hour);
            }
        }
    }
}
