package dev.winnow.admin.file;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetterIndex;
import dev.winnow.decision.Datasets;
import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Layout;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Finds files by what their keys hold: dead letters, what waits, and what was decided in the last two days, whose
/// backups carry the files' names.
@Singleton
final class FileSearch {

    /// How many objects each listing looks at.
    private static final int MOST = 10_000;

    private static final int PAGE = 1000;
    private static final int HITS = 50;
    private static final int DAYS = 2;

    private final ObjectStore store;
    private final Layout layout;
    private final DeadLetterIndex index;
    private final Datasets datasets;
    private final Files files;
    private final String bucket;
    private final Clock clock;

    FileSearch(
            ObjectStore store,
            Layout layout,
            DeadLetterIndex index,
            Datasets datasets,
            Files files,
            BucketConfig config,
            Clock clock) {
        this.store = store;
        this.layout = layout;
        this.index = index;
        this.datasets = datasets;
        this.files = files;
        this.bucket = config.bucket();
        this.clock = clock;
    }

    /// @param text a file's id, or a part of its key in whatever case
    Found search(String text) {
        Optional<FileHistory> known = FileId.parse(text).flatMap(files::find);
        if (known.isPresent()) {
            return new Found(List.of(hit(known.get())), true);
        }
        String part = text.toLowerCase(Locale.ROOT);
        Map<String, Found.Hit> hits = new LinkedHashMap<>();
        DeadLetterIndex.Look look = index.look();
        for (DeadLetter letter : look.letters()) {
            String name = letter.key().orElse(letter.id());
            if (holds(name, part) || letter.id().equals(text)) {
                add(hits, new Found.Hit(letter.id(), FileStatus.DEAD_LETTER, name));
            }
        }
        boolean exact = look.exact();
        exact &= each(layout.incoming(), object -> {
            if (holds(object.key(), part)
                    && !object.key().endsWith("/")
                    && !object.eTag().isEmpty()) {
                String id = new SourceFile(bucket, object.key(), Optional.empty(), object.eTag(), object.size())
                        .id()
                        .value();
                add(hits, new Found.Hit(id, FileStatus.WAITING, object.key()));
            }
        });
        String base = part.substring(part.lastIndexOf('/') + 1);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int ago = 0; ago < DAYS; ago++) {
            for (String dataset : datasets.names()) {
                exact &= each(layout.backups(dataset, today.minusDays(ago), OptionalInt.empty()), object -> {
                    String name = object.key().substring(object.key().lastIndexOf('/') + 1);
                    if (holds(name, base)) {
                        layout.backupOf(object.key())
                                .ifPresent(file -> add(hits, new Found.Hit(file.value(), FileStatus.COMMITTED, name)));
                    }
                });
            }
        }
        return new Found(hits.values().stream().limit(HITS).toList(), exact && hits.size() <= HITS);
    }

    private boolean each(String prefix, Consumer<ListedObject> what) {
        Optional<String> after = Optional.of("");
        int looked = 0;
        while (after.isPresent() && looked < MOST) {
            Listing page = store.list(prefix, after.get(), PAGE);
            page.objects().forEach(what);
            looked += page.objects().size();
            after = page.next();
        }
        return after.isEmpty();
    }

    /// The first thing known of a file stands: a dead letter before what still lies there.
    private static void add(Map<String, Found.Hit> hits, Found.Hit hit) {
        hits.putIfAbsent(hit.id(), hit);
    }

    private static Found.Hit hit(FileHistory file) {
        return new Found.Hit(file.fileId().value(), file.status(), file.key());
    }

    private static boolean holds(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part);
    }
}
