package dev.winnow.admin.file;

import dev.winnow.admin.call.Cursor;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetters;
import dev.winnow.decision.Datasets;
import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Gatherers;

/// Files as the bucket knows them. There is no other index: committed files of a day or an hour are found by their
/// backups, all others by their receipts, entries or sources.
///
/// Listings go by key, so what is written meanwhile neither hides a file nor shows one twice.
@Singleton
public final class Files {

    /// Few beside the connections that the intake needs.
    private static final int AT_ONCE = 8;

    private static final int PAGE = 1000;

    /// How many objects a search for a waiting file looks at.
    public static final int MOST_LISTED = 10_000;

    private final ObjectStore store;
    private final Layout layout;
    private final DeadLetters deadLetters;
    private final Datasets datasets;
    private final String bucket;

    public Files(ObjectStore store, Layout layout, DeadLetters deadLetters, Datasets datasets, BucketConfig config) {
        this.store = store;
        this.layout = layout;
        this.deadLetters = deadLetters;
        this.datasets = datasets;
        this.bucket = config.bucket();
    }

    FilePage list(FileQuery query) {
        return switch (query.status()) {
            case COMMITTED -> committed(query);
            case DEAD_LETTER ->
                page(query, layout.deadLetters(query.dataset()), object -> givenUp(query.dataset(), object));
            case WAITING ->
                page(
                        query,
                        query.dataset().isEmpty() ? layout.incoming() : layout.incoming(query.dataset()),
                        this::waiting);
        };
    }

    /// All that is known of a file by its receipts or its dead-letter entry, whichever dataset the entry is of.
    Optional<FileHistory> find(FileId file) {
        for (String dataset : datasets.names()) {
            List<Receipt> receipts = receipts(dataset, file);
            if (!receipts.isEmpty()) {
                Receipt current = receipts.getFirst();
                return Optional.of(FileHistory.committed(
                        stands(current.key(), current.eTag()), receipts, deadLetters.find(dataset, file.value())));
            }
        }
        return deadLetters
                .find(file.value())
                .flatMap(letter -> letter.file()
                        .map(source -> FileHistory.givenUp(source, stands(source.key(), source.eTag()), letter)));
    }

    /// Looks for a file that has neither among what lies under the incoming prefix.
    ///
    /// An id tells nothing of its key, so this lists, and looks at no more than [#MOST_LISTED] objects.
    Search search(FileId file) {
        long looked = 0;
        Optional<String> after = Optional.of("");
        while (after.isPresent() && looked < MOST_LISTED) {
            Listing page = store.list(layout.incoming(), after.get(), PAGE);
            for (ListedObject object : page.objects()) {
                if (!object.key().endsWith("/") && !object.eTag().isEmpty()) {
                    SourceFile source = source(object);
                    if (source.id().equals(file)) {
                        return new Search.Found(FileHistory.waiting(source, layout.dataset(source.key())));
                    }
                }
            }
            looked += page.objects().size();
            after = page.next();
        }
        return new Search.NotFound(looked, after.isEmpty());
    }

    /// How a search among waiting files ended.
    sealed interface Search {

        /// It lies there.
        record Found(FileHistory file) implements Search {}

        /// It does not lie among those that were looked at.
        ///
        /// @param looked how many objects were looked at
        /// @param all    whether these are all there are
        record NotFound(long looked, boolean all) implements Search {}
    }

    /// Whether the source's copy, which a later generation is decided from, is there.
    boolean isBackedUp(Receipt receipt) {
        return store.head(receipt.backup()).isPresent();
    }

    private FilePage committed(FileQuery query) {
        return query.date()
                .map(date -> page(
                        query,
                        layout.backups(query.dataset(), date, query.hour()),
                        object -> layout.backupOf(object.key()).flatMap(file -> current(query, file))))
                .orElseGet(() -> page(
                        query,
                        layout.receipts(query.dataset()),
                        // Of a file's receipts the first generation's is always there, and stands for all of them.
                        object -> layout.receiptOf(object.key())
                                .filter(file -> layout.generationOf(object.key()) == 1)
                                .flatMap(file -> current(query, file))));
    }

    private FilePage page(FileQuery query, String prefix, Function<ListedObject, Optional<FileItem>> item) {
        String after = Cursor.key(query.listing(), prefix, query.cursor());
        Listing listing = store.list(prefix, after, query.limit());
        List<FileItem> files = listing.objects().stream()
                .gather(Gatherers.mapConcurrent(AT_ONCE, item))
                .flatMap(Optional::stream)
                .toList();
        return new FilePage(
                files, listing.objects().size(), listing.next().map(key -> Cursor.of(query.listing(), prefix, key)));
    }

    private Optional<FileItem> current(FileQuery query, FileId file) {
        return receiptKeys(query.dataset(), file).stream()
                .findFirst()
                .flatMap(store::read)
                .map(ReceiptJson::read)
                .filter(query::matches)
                .map(FileItem::of);
    }

    private List<Receipt> receipts(String dataset, FileId file) {
        return receiptKeys(dataset, file).stream()
                .map(store::read)
                .flatMap(Optional::stream)
                .map(ReceiptJson::read)
                .toList();
    }

    /// The keys of a file's receipts, the current one first.
    private List<String> receiptKeys(String dataset, FileId file) {
        List<String> keys = new ArrayList<>();
        String after = "";
        while (true) {
            Listing page = store.list(layout.receipts(dataset, file), after, PAGE);
            page.objects().stream()
                    .map(ListedObject::key)
                    .filter(key -> layout.receiptOf(key).isPresent())
                    .forEach(keys::add);
            if (page.next().isEmpty()) {
                keys.sort(Comparator.comparingInt(layout::generationOf).reversed());
                return keys;
            }
            after = page.next().get();
        }
    }

    private Optional<FileItem> givenUp(String dataset, ListedObject object) {
        return layout.deadLetterOf(object.key())
                .flatMap(file -> deadLetters.find(dataset, file.value()))
                .flatMap(FileItem::of);
    }

    private Optional<FileItem> waiting(ListedObject object) {
        if (object.key().endsWith("/") || object.eTag().isEmpty()) {
            return Optional.empty();
        }
        SourceFile source = source(object);
        Optional<String> dataset = layout.dataset(object.key());
        if (dataset.isPresent()
                && !store.list(layout.receipts(dataset.get(), source.id()), "", 1)
                        .objects()
                        .isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FileItem(
                source.id(),
                FileStatus.WAITING,
                object.key(),
                object.size(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                deadLetters.find(source).map(DeadLetter::reason),
                Optional.of(object.lastModified())));
    }

    private SourceFile source(ListedObject object) {
        return new SourceFile(bucket, object.key(), Optional.empty(), object.eTag(), object.size());
    }

    private boolean stands(String key, String eTag) {
        return store.head(key).filter(object -> object.eTag().equals(eTag)).isPresent();
    }
}
