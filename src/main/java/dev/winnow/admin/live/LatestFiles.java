package dev.winnow.admin.live;

import dev.winnow.admin.file.FileItem;
import dev.winnow.decision.Datasets;
import dev.winnow.file.FileId;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.HourLayout;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jboss.logging.Logger;

/// The files that were decided in the last hour, by whatever process: the bucket tells, so all who look see the same.
///
/// No listing goes by the time of a decision. But a file's backup is made right before its first receipt, so the age
/// of the one tells that of the other, and it lies in the hour in which the source was put there: a look lists these
/// hours, and reads each receipt once. They are first receipts, which never change. A later generation leaves the
/// backup as it is, and is not seen.
@Singleton
final class LatestFiles {

    /// Of so many files at most the receipts are read, the newest; with more, figures are of these.
    static final int MOST = 1000;

    /// So many backups are listed at most, the hours of today before those of yesterday.
    static final int MOST_LISTED = 20_000;

    private static final Duration LATELY = Duration.ofHours(1);
    private static final int HOURS = 24;
    private static final int PAGE = 1000;
    private static final int AT_ONCE = 16;

    /// How long an hour is taken for what it was in which nothing is to be expected.
    private static final Duration QUIET = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(LatestFiles.class);

    private final ObjectStore store;
    private final Layout layout;
    private final HourLayout hours;
    private final Datasets datasets;
    private final Clock clock;
    private Map<Place, Seen> seen = Map.of();
    private Map<FileId, FileItem> known = Map.of();

    /// Where backups lie.
    private record Place(String dataset, Hour hour) {}

    /// A backup of the last hour.
    private record Backup(String dataset, FileId file, Instant at) {}

    /// What was listed of a place.
    ///
    /// @param objects how many there are, of whatever age
    private record Seen(Instant at, List<Backup> backups, int objects, boolean whole) {}

    /// The decisions of the last hour.
    ///
    /// @param since the moment behind which they lie
    /// @param files the newest first
    /// @param exact whether these are all
    record Look(Instant since, List<FileItem> files, boolean exact) {

        Look {
            files = List.copyOf(files);
        }
    }

    LatestFiles(ObjectStore store, Layout layout, Datasets datasets, Clock clock) {
        this.store = store;
        this.layout = layout;
        this.hours = layout.hours();
        this.datasets = datasets;
        this.clock = clock;
    }

    /// The decisions of this moment's last hour.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException when the bucket cannot be read
    synchronized Look look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant since = now.minus(LATELY);
        boolean exact = list(now, since);
        List<Backup> newest = seen.values().stream()
                .flatMap(place -> place.backups().stream())
                .filter(backup -> backup.at().isAfter(since))
                .sorted(Comparator.comparing(Backup::at)
                        .reversed()
                        .thenComparing(backup -> backup.file().value()))
                .toList();
        known = newest.stream()
                .limit(MOST)
                .gather(Gatherers.mapConcurrent(AT_ONCE, this::read))
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(FileItem::fileId, it -> it, (one, _) -> one));
        List<FileItem> files = known.values().stream()
                .sorted(Comparator.comparing(
                                (FileItem file) -> file.committedAt().orElseThrow())
                        .reversed()
                        .thenComparing(file -> file.fileId().value()))
                .toList();
        boolean all = exact && newest.size() <= MOST;
        Instant from =
                all || files.isEmpty() ? since : files.getLast().committedAt().orElseThrow();
        return new Look(from, files, all);
    }

    /// Lists anew what may have changed.
    ///
    /// @return whether all was listed that there is
    private boolean list(Instant now, Instant since) {
        Set<Place> busy = busy(now, since);
        Set<Place> places = new LinkedHashSet<>(busy);
        for (Hour hour = Hour.of(now); hour.end().isAfter(now.minus(Duration.ofHours(HOURS))); hour = hour.before()) {
            for (String dataset : datasets.names()) {
                places.add(new Place(dataset, hour));
            }
        }
        seen.forEach((place, was) -> {
            if (was.backups().stream().anyMatch(backup -> backup.at().isAfter(since))) {
                places.add(place);
            }
        });
        Map<Place, Seen> next = new HashMap<>();
        int objects = 0;
        for (Place place : places) {
            if (objects >= MOST_LISTED) {
                break;
            }
            Seen was = seen.get(place);
            Seen is = was == null || busy.contains(place) || !was.at().isAfter(now.minus(QUIET))
                    ? list(place, now, since, MOST_LISTED - objects)
                    : was;
            next.put(place, is);
            objects += is.objects();
        }
        seen = next;
        return next.size() == places.size() && next.values().stream().allMatch(Seen::whole);
    }

    /// Where files are decided as a rule: what comes now, and the hours that a late file has marked.
    private Set<Place> busy(Instant now, Instant since) {
        Set<Place> busy = new LinkedHashSet<>();
        for (String dataset : datasets.names()) {
            busy.add(new Place(dataset, Hour.of(now)));
            busy.add(new Place(dataset, Hour.of(now).before()));
        }
        for (String dataset : datasets.names()) {
            store.list(hours.renewals(dataset), "", PAGE).objects().stream()
                    .filter(mark -> mark.lastModified().isAfter(since))
                    .flatMap(mark -> hours.renewed(dataset, mark.key()).stream())
                    .forEach(hour -> busy.add(new Place(dataset, hour)));
        }
        return busy;
    }

    private Seen list(Place place, Instant now, Instant since, int most) {
        String prefix = hours.backups(place.dataset(), place.hour());
        List<Backup> backups = new ArrayList<>();
        int objects = 0;
        Optional<String> after = Optional.of("");
        while (after.isPresent() && objects < most) {
            Listing page = store.list(prefix, after.get(), PAGE);
            for (ListedObject object : page.objects()) {
                if (object.lastModified().isAfter(since)) {
                    hours.backedUp(place.dataset(), place.hour(), object.key())
                            .ifPresent(file -> backups.add(new Backup(place.dataset(), file, object.lastModified())));
                }
            }
            objects += page.objects().size();
            after = page.next();
        }
        return new Seen(now, List.copyOf(backups), objects, after.isEmpty());
    }

    /// Nothing while the receipt is not written yet, or where something other than Winnow wrote there.
    private Optional<FileItem> read(Backup backup) {
        FileItem before = known.get(backup.file());
        if (before != null) {
            return Optional.of(before);
        }
        String key = layout.receipt(backup.dataset(), backup.file(), 1);
        try {
            Optional<Receipt> receipt = store.read(key).map(ReceiptJson::read);
            return receipt.map(FileItem::of);
        } catch (IllegalStateException e) {
            LOG.warnf("Cannot read %s as a receipt: something else wrote there", key);
            return Optional.empty();
        }
    }
}
