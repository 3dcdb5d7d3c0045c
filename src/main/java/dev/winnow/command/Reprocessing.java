package dev.winnow.command;

import dev.winnow.deadletter.Grounds;
import dev.winnow.file.FileId;
import dev.winnow.file.Reason;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.Taken;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Decides files again that only their receipts still name.
@Singleton
final class Reprocessing {

    private final ObjectStore store;
    private final Layout layout;
    private final FileIntake intake;

    Reprocessing(ObjectStore store, Layout layout, FileIntake intake) {
        this.store = store;
        this.layout = layout;
        this.intake = intake;
    }

    /// Decides a file's backup again as the generation after `replaces`.
    ///
    /// @return why that cannot be done, when it cannot
    /// @throws StoreUnavailableException when it is to be tried again later
    Optional<Grounds> reprocess(String dataset, FileId id, int replaces) {
        Optional<Receipt> first = store.read(layout.receipt(dataset, id, 1)).map(ReceiptJson::read);
        if (first.isEmpty()) {
            return Optional.of(new Grounds(
                    Reason.RECEIPT_MISSING, "Cannot decide " + dataset + '/' + id + " again: it has no receipt"));
        }
        return switch (intake.reprocess(first.get().source(), replaces)) {
            case Taken.Committed _, Taken.AlreadyCommitted _, Taken.Superseded _ -> Optional.empty();
            case Taken.Poisoned(Reason reason, String detail) -> Optional.of(new Grounds(reason, detail));
            case Taken.Postponed(String detail) -> throw new StoreUnavailableException(detail);
        };
    }
}
