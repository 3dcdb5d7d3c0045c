package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import dev.winnow.file.PoisonFileException;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.output.OutputTarget;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import java.util.List;
import java.util.Optional;

/// Carries the protocol's steps out on the store, one at a time, and reports what was observed.
final class Attempt {

    /// How often the receipt is tried before the store counts as unavailable.
    private static final int COMMIT_TRIES = 5;

    private final Workbench bench;
    private final Assignment assignment;
    private final ObjectStore store;

    Attempt(Workbench bench, Assignment assignment) {
        this.bench = bench;
        this.assignment = assignment;
        this.store = bench.store();
    }

    /// Carries one step out.
    ///
    /// @return the next step
    /// @throws StoreUnavailableException when the attempt cannot go on; another one may take the file up at any
    /// step
    Step run(Step step) {
        return switch (step) {
            case Step.Look look -> receipt(look.generation()).map(look::found).orElseGet(look::absent);
            case Step.Stage stage -> stage(stage);
            case Step.BackUp backUp -> backUp(backUp);
            case Step.Commit commit -> commit(commit);
            case Step.ReadBack readBack -> readBack(readBack);
            case Step.Discard discard -> discard(discard);
            case Step.Publish publish -> publish(publish);
            case Step.Retract retract -> retract(retract);
            case Step.Remove remove -> remove(remove);
            case Step.Recheck recheck -> recheck(recheck);
            case Step.End end -> end;
        };
    }

    private Step stage(Step.Stage stage) {
        try {
            return stage.staged(new Stager(bench, assignment).stage(stage));
        } catch (SourceLostException e) {
            return stage.lost();
        } catch (PoisonFileException e) {
            return stage.poisoned(e.reason(), e.detail());
        }
    }

    private Step backUp(Step.BackUp backUp) {
        try {
            store.copy(
                    assignment.file(), backUp.draft().backup(), backUp.draft().sourceSha256());
            return backUp.backedUp();
        } catch (SourceLostException e) {
            return backUp.lost();
        } catch (StoreUnavailableException e) {
            // No receipt was tried yet, so these uploads are of no use to anyone.
            abandon(backUp.draft().outputs(), e);
            throw e;
        }
    }

    private void abandon(List<Receipt.Output> uploads, StoreUnavailableException why) {
        for (Receipt.Output upload : uploads) {
            try {
                store.abortUpload(upload.key(), upload.uploadId());
            } catch (StoreUnavailableException e) {
                why.addSuppressed(e);
            }
        }
    }

    private Step commit(Step.Commit commit) {
        Receipt receipt = commit.draft().committedAt(bench.clock().instant());
        String key = receiptKey(receipt.generation());
        if (commit.tries() == 1) {
            new Renewal(bench).foretell(receipt, assignment.attemptId());
        }
        try {
            return store.createIfAbsent(key, ReceiptJson.write(receipt), "application/json")
                    ? commit.written(receipt)
                    : commit.unsure();
        } catch (StoreUnavailableException e) {
            if (commit.tries() == COMMIT_TRIES) {
                throw e;
            }
            return commit.unsure();
        }
    }

    private Step readBack(Step.ReadBack readBack) {
        Optional<Receipt> receipt = receipt(readBack.generation());
        if (receipt.isEmpty() && readBack.tries() == COMMIT_TRIES) {
            throw new StoreUnavailableException("Cannot create " + receiptKey(readBack.generation())
                    + ": it was refused " + COMMIT_TRIES + " times and is still not there");
        }
        return receipt.map(readBack::found).orElseGet(readBack::absent);
    }

    private Step discard(Step.Discard discard) {
        for (Receipt.Output upload : discard.uploads()) {
            store.abortUpload(upload.key(), upload.uploadId());
        }
        return discard.discarded();
    }

    private Step publish(Step.Publish publish) {
        Optional<Receipt.Output> next = publish.output();
        if (next.isEmpty()) {
            return publish.complete();
        }
        Receipt.Output output = next.get();
        String winner = publish.current().attemptId();
        if (store.completeUpload(output.key(), output.uploadId(), output.parts()) || stands(output, winner)) {
            return publish.published();
        }
        Step then = sourceStands() ? publish.expired() : publish.gone();
        if (then instanceof Step.Look && winner.equals(assignment.attemptId())) {
            // Deciding again at once would go on for ever with a store that forgets uploads.
            throw new StoreUnavailableException(
                    "Cannot publish " + output.key() + ": the store has lost the upload that this attempt made");
        }
        return then;
    }

    private boolean sourceStands() {
        return store.head(assignment.file().key())
                .filter(object -> object.eTag().equals(assignment.file().eTag()))
                .isPresent();
    }

    /// Whether the object is the one that this output's upload became.
    private boolean stands(Receipt.Output output, String attemptId) {
        return store.head(output.key())
                .filter(object -> object.size() == output.size()
                        && attemptId.equals(object.metadata().get(OutputTarget.ATTEMPT)))
                .isPresent();
    }

    private Step retract(Step.Retract retract) {
        for (Receipt.Output output : retract.outputs()) {
            store.abortUpload(output.key(), output.uploadId());
            store.remove(output.key());
        }
        return retract.retracted();
    }

    private Step remove(Step.Remove remove) {
        new Renewal(bench).mark(remove.current(), assignment.attemptId());
        if (bench.config().afterProcessing() == IntakeConfig.AfterProcessing.MOVE) {
            store.removeIfMatch(assignment.file().key(), assignment.file().eTag());
        }
        store.remove(bench.layout()
                .deadLetter(assignment.rules().dataset(), assignment.file().id()));
        return remove.removed();
    }

    private Step recheck(Step.Recheck recheck) {
        Optional<Receipt> receipt = receipt(1);
        if (receipt.isPresent()) {
            return recheck.found(receipt.get());
        }
        return store.head(assignment.file().key()).isPresent() ? recheck.superseded() : recheck.missing();
    }

    private Optional<Receipt> receipt(int generation) {
        return store.read(receiptKey(generation)).map(ReceiptJson::read);
    }

    private String receiptKey(int generation) {
        return bench.layout()
                .receipt(assignment.rules().dataset(), assignment.file().id(), generation);
    }
}
