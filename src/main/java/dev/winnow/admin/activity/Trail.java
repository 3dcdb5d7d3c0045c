package dev.winnow.admin.activity;

import com.fasterxml.jackson.core.JacksonException;
import dev.winnow.admin.access.AuditEntry;
import dev.winnow.admin.call.AdminJson;
import dev.winnow.admin.call.Cursor;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Layout;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/// The audit entries as they are in the bucket.
@Singleton
final class Trail {

    /// How many entries of a day are looked at.
    static final int MOST = 10_000;

    private static final int PAGE = 1000;
    private static final int AT_ONCE = 8;
    private static final int DAYS = 60;
    private static final String DAY = "date=";

    private final ObjectStore store;
    private final Layout layout;

    Trail(ObjectStore store, Layout layout) {
        this.store = store;
        this.layout = layout;
    }

    ActivityPage page(LocalDate date, int limit, String cursor) {
        String prefix = layout.audits(date);
        String listing = "audit/" + date;
        String before = Cursor.key(listing, prefix, cursor);
        List<String> keys = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent() && keys.size() < MOST) {
            Listing page = store.list(prefix, after.get(), PAGE);
            page.objects().stream().map(ListedObject::key).forEach(keys::add);
            after = page.next();
        }
        List<String> found = keys.reversed().stream()
                .filter(key -> before.isEmpty() || key.compareTo(before) < 0)
                .limit(limit + 1L)
                .toList();
        List<String> shown = found.subList(0, Math.min(limit, found.size()));
        return new ActivityPage(
                date,
                shown.stream()
                        .gather(Gatherers.mapConcurrent(AT_ONCE, this::read))
                        .flatMap(Optional::stream)
                        .toList(),
                days(),
                after.isEmpty(),
                found.size() > limit ? Optional.of(Cursor.of(listing, prefix, shown.getLast())) : Optional.empty());
    }

    private List<LocalDate> days() {
        return store.folders(layout.audits()).stream()
                .filter(name -> name.matches(DAY + "[0-9]{4}-[0-9]{2}-[0-9]{2}"))
                .map(name -> LocalDate.parse(name.substring(DAY.length())))
                .sorted(Comparator.reverseOrder())
                .limit(DAYS)
                .toList();
    }

    /// Nothing where something else than Winnow wrote there.
    private Optional<AuditEntry> read(String key) {
        return store.read(key).flatMap(bytes -> {
            try {
                return Optional.of(AdminJson.JSON.readValue(bytes, AuditEntry.class));
            } catch (JacksonException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read an audit entry from memory", e);
            }
        });
    }
}
