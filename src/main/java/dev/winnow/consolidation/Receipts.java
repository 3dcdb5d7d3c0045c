package dev.winnow.consolidation;

import dev.winnow.ahead.Ahead;
import dev.winnow.ahead.Lanes;
import dev.winnow.file.FileId;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.HourLayout;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads the current receipts of an hour's files.
final class Receipts {

    /// The most that one call lists.
    static final int PAGE = 1000;

    private final ObjectStore store;
    private final Layout layout;
    private final Lanes lanes;

    Receipts(Workroom room) {
        this.store = room.store();
        this.layout = room.layout();
        this.lanes = room.lanes();
    }

    /// Finds an hour's files by their backups and reads the receipt of each.
    ///
    /// A backup without a receipt belongs to a file that is not committed yet. One whose receipt names another
    /// hour is that of an attempt which lost: the same bytes were sent again in the meantime.
    Inventory of(String dataset, Hour hour) {
        Inventory inventory = new Inventory();
        HourLayout hours = layout.hours();
        String prefix = hours.backups(dataset, hour);
        AtomicReference<@Nullable FileId> last = new AtomicReference<>();
        try (Ahead<Optional<Receipt>> receipts = new Ahead<>(
                lanes,
                receipt -> receipt.filter(it -> Hour.of(it.lastModified()).equals(hour))
                        .ifPresent(inventory::add))) {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                Listing page = store.list(prefix, after.get(), PAGE);
                for (ListedObject backup : page.objects()) {
                    hours.backedUp(dataset, hour, backup.key())
                            .filter(file -> !file.equals(last.getAndSet(file)))
                            .ifPresent(file -> receipts.ask(() -> current(dataset, file)));
                }
                after = page.next();
            }
            receipts.finish();
        }
        return inventory;
    }

    /// The receipt of a file's highest generation. Generations have no gaps, so the first that is not there ends
    /// them: for nearly all files that is one GET more, which costs a twelfth of listing them.
    Optional<Receipt> current(String dataset, FileId file) {
        Optional<byte[]> current = Optional.empty();
        int generation = 1;
        Optional<byte[]> next = store.read(layout.receipt(dataset, file, generation));
        while (next.isPresent()) {
            current = next;
            generation++;
            next = store.read(layout.receipt(dataset, file, generation));
        }
        return current.map(ReceiptJson::read);
    }
}
