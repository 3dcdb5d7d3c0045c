package dev.winnow.consolidation;

import dev.winnow.ahead.Ahead;
import dev.winnow.file.SourceFile;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.SourceStream;
import dev.winnow.object.StoredObject;
import dev.winnow.output.OutputTarget;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The outputs of one outcome of one hour, as they stand in the bucket.
final class Outputs {

    private final Workroom room;
    private final ObjectStore store;
    private final Layout layout;
    private final Receipts receipts;
    private final String dataset;
    private final Hour hour;
    private final Outcome outcome;

    private record Looked(int index, Optional<String> eTag) {}

    Outputs(Workroom room, Receipts receipts, String dataset, Hour hour, Outcome outcome) {
        this.room = room;
        this.store = room.store();
        this.layout = room.layout();
        this.receipts = receipts;
        this.dataset = dataset;
        this.hour = hour;
        this.outcome = outcome;
    }

    /// Finds the pieces in the bucket. One that is still pending is published, as anyone may who reads its receipt, and
    /// its file is finished: no event of it may be left that would.
    ///
    /// @throws IncompleteException when a piece is not there and cannot be published
    /// @throws SourceLostException when a file was decided again meanwhile
    List<Standing> find(List<Piece> pieces) {
        String[] eTags = listed(pieces);
        List<String> missing = new ArrayList<>();
        try (Ahead<Looked> published = new Ahead<>(
                room.lanes(),
                looked -> looked.eTag()
                        .ifPresentOrElse(
                                eTag -> eTags[looked.index()] = eTag,
                                () -> missing.add(key(pieces.get(looked.index())))))) {
            for (int i = 0; i < eTags.length; i++) {
                if (eTags[i].isEmpty()) {
                    int index = i;
                    published.ask(() -> new Looked(index, publish(pieces.get(index))));
                }
            }
            published.finish();
        }
        if (!missing.isEmpty()) {
            throw new IncompleteException(
                    missing.size() + " of " + pieces.size() + " outputs are not there, the first is "
                            + missing.getFirst(),
                    missing.size());
        }
        List<Standing> standing = new ArrayList<>(eTags.length);
        for (int i = 0; i < eTags.length; i++) {
            standing.add(new Standing(pieces.get(i), eTags[i]));
        }
        return standing;
    }

    /// What is to be read of a piece.
    SourceFile file(Standing standing) {
        Piece piece = standing.piece();
        return new SourceFile(room.bucket(), key(piece), Optional.empty(), standing.eTag(), piece.size());
    }

    /// Opens a piece; a connection that breaks is opened again.
    SourceStream open(Standing standing) {
        return new SourceStream(store, file(standing));
    }

    /// Whether what stands was written by the attempt that the receipt names: for those whose bytes are not read
    /// here.
    boolean isByItsAttempt(Standing standing) {
        return stands(standing.piece(), receipt(standing.piece()))
                .filter(standing.eTag()::equals)
                .isPresent();
    }

    /// The ETags of the pieces by a listing, empty where one does not stand. Both come in the order of the files'
    /// ids.
    private String[] listed(List<Piece> pieces) {
        String[] eTags = new String[pieces.size()];
        Arrays.fill(eTags, "");
        int index = 0;
        Optional<String> after = Optional.of("");
        while (after.isPresent() && index < eTags.length) {
            Listing page = store.list(layout.hours().outputs(outcome, dataset, hour), after.get(), Receipts.PAGE);
            for (ListedObject object : page.objects()) {
                while (index < eTags.length && key(pieces.get(index)).compareTo(object.key()) < 0) {
                    index++;
                }
                if (index < eTags.length
                        && key(pieces.get(index)).equals(object.key())
                        && pieces.get(index).size() == object.size()) {
                    eTags[index] = object.eTag();
                }
            }
            after = page.next();
        }
        return eTags;
    }

    private Optional<String> publish(Piece piece) {
        Receipt receipt = receipt(piece);
        boolean pending = false;
        for (Receipt.Output output : receipt.outputs()) {
            if (output.outcome() == outcome) {
                pending |= store.completeUpload(output.key(), output.uploadId(), output.parts());
            }
        }
        if (pending) {
            // Whoever committed the file went no further. Where nothing was pending, a reader has taken the output.
            room.finisher().accept(receipt);
        }
        return stands(piece, receipt);
    }

    private Optional<String> stands(Piece piece, Receipt receipt) {
        return store.head(key(piece))
                .filter(object -> object.size() == piece.size()
                        && receipt.attemptId().equals(object.metadata().get(OutputTarget.ATTEMPT)))
                .map(StoredObject::eTag);
    }

    private Receipt receipt(Piece piece) {
        return receipts.current(dataset, piece.file())
                .filter(receipt -> receipt.generation() == piece.generation())
                .orElseThrow(() -> new SourceLostException(key(piece)));
    }

    private String key(Piece piece) {
        return layout.output(outcome, dataset, hour.start(), piece.file(), piece.generation());
    }
}
