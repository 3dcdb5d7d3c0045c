package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.SourceFile;
import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.SourceStream;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.object.StoredObject;
import dev.winnow.output.OutputTarget;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Carries the protocol's steps out on the store and reports what was observed.
final class Attempt implements AutoCloseable {

    /// How often the receipt is tried before the store counts as unavailable.
    private static final int COMMIT_TRIES = 5;

    private final Workbench bench;
    private final Assignment assignment;
    private final ObjectStore store;

    /// The source, from the look at its receipt until it is decided.
    private Optional<Opening> opened = Optional.empty();

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
            case Step.Look look -> look(look);
            case Step.Stage stage -> stage(stage);
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

    /// Looks whether the file is decided. As most files that come are not, the source is opened beside.
    private Step look(Step.Look look) {
        if (!look.isFirst()) {
            return receipt(look.generation()).map(look::found).orElseGet(look::absent);
        }
        close();
        Opening source = new Opening(store, assignment.file());
        opened = Optional.of(source);
        FutureTask<Optional<Receipt>> receipt = new FutureTask<>(() -> receipt(look.generation()));
        bench.atOnce().carryOut(List.of(receipt, source));
        Step next = AtOnce.result(receipt).map(look::found).orElseGet(look::absent);
        if (!(next instanceof Step.Stage)) {
            close();
        }
        return next;
    }

    /// What is to be read: the source, or its backup once an earlier generation has made one.
    private SourceFile content(List<Receipt> replaced) {
        if (replaced.isEmpty()) {
            return assignment.file();
        }
        String key = replaced.getFirst().backup();
        StoredObject backup = store.head(key).orElseThrow(() -> new SourceLostException(key));
        return new SourceFile(assignment.file().bucket(), key, Optional.empty(), backup.eTag(), backup.size());
    }

    private Step stage(Step.Stage stage) {
        Supplier<SourceStream> content = opened.<Supplier<SourceStream>>map(source -> source::stream)
                .orElse(() -> new SourceStream(store, content(stage.replaced())));
        try {
            return stage.staged(new Stager(bench, assignment, content).stage(stage));
        } catch (SourceLostException e) {
            return stage.lost();
        } catch (PoisonFileException e) {
            return stage.poisoned(e.reason(), e.detail());
        } finally {
            close();
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
        Receipt current = publish.current();
        List<Supplier<Boolean>> outputs = current.outputs().stream()
                .<Supplier<Boolean>>map(
                        output -> () -> store.completeUpload(output.key(), output.uploadId(), output.parts())
                                || stands(output, current.attemptId()))
                .toList();
        int missing = bench.atOnce().all(outputs).indexOf(false);
        if (missing < 0) {
            return publish.published();
        }
        Step then = sourceStands() ? publish.expired() : publish.gone();
        if (then instanceof Step.Look && current.attemptId().equals(assignment.attemptId())) {
            // Deciding again at once would go on for ever with a store that forgets uploads.
            throw new StoreUnavailableException("Cannot publish "
                    + current.outputs().get(missing).key() + ": the store has lost the upload that this attempt made");
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
        List<Runnable> removals = new ArrayList<>();
        if (bench.config().afterProcessing() == IntakeConfig.AfterProcessing.MOVE) {
            removals.add(() -> store.removeIfMatch(
                    assignment.file().key(), assignment.file().eTag()));
        }
        String deadLetter = bench.layout()
                .deadLetter(assignment.rules().dataset(), assignment.file().id());
        removals.add(() -> store.remove(deadLetter));
        bench.atOnce().each(removals);
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

    /// Lets go of a source that nobody has read.
    @Override
    public void close() {
        opened.ifPresent(Opening::close);
        opened = Optional.empty();
    }
}
