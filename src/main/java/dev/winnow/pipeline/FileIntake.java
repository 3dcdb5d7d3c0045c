package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import dev.winnow.decision.Datasets;
import dev.winnow.decision.Rules;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.SourceStream;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.object.StoredObject;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import dev.winnow.receipt.Via;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Takes files in, one attempt at a time.
///
/// Any number of attempts, in any number of processes, may be at the same file at once: one commits, and every
/// other helps to finish what that one began.
@Singleton
public final class FileIntake {

    private final Workbench bench;
    private final Datasets datasets;
    private final IntakeJournal journal;

    FileIntake(Workbench bench, Datasets datasets, IntakeJournal journal) {
        this.bench = bench;
        this.datasets = datasets;
        this.journal = journal;
    }

    /// Takes one file in, on the calling thread, from wherever an earlier attempt stopped.
    public Taken take(SourceFile file, Via via) {
        return attempt(file, via, Step::start);
    }

    /// Finishes what the attempt that wrote a file's receipt left undone, as one more event of the file would.
    ///
    /// @throws StoreUnavailableException when it cannot go on
    public void finish(Receipt receipt) {
        if (take(receipt.source(), Via.SWEEP) instanceof Taken.Postponed(String detail)) {
            throw new StoreUnavailableException(detail);
        }
    }

    /// Decides a file's backup again under today's rules, on the calling thread, whether its source still stands or
    /// not.
    ///
    /// It may be called again with the same arguments until it succeeds, and by several at once: one later
    /// generation comes of it, unless its outputs are gone again by then. A file that cannot be read under today's
    /// rules, or whose backup is gone, keeps the generation that it has.
    ///
    /// @param replaces the generation that a later one is to replace, from 1; where one does already, what that one
    ///                 left undone is finished
    /// @return poisoned by [Reason#RECEIPT_MISSING] when there is no such generation
    public Taken reprocess(SourceFile file, int replaces) {
        return attempt(file, Via.REPROCESS, attemptId -> Step.again(attemptId, replaces));
    }

    /// Finds out what [#take] would come to, on the calling thread, and writes nothing.
    public Foreseen foresee(SourceFile file) {
        Optional<Rules> rules = rules(file);
        if (rules.isEmpty()) {
            return new Foreseen.Poisoned(Reason.DATASET_UNKNOWN, noDataset());
        }
        try {
            Optional<Receipt> receipt = bench.store()
                    .read(bench.layout().receipt(rules.get().dataset(), file.id(), 1))
                    .map(ReceiptJson::read);
            if (receipt.isPresent()) {
                return new Foreseen.AlreadyCommitted(receipt.get());
            }
            try (SourceStream source = new SourceStream(bench.store(), file)) {
                return new Foreseen.Decided(
                        DryRun.of(rules.get(), source, bench.limits(), _ -> {}).records());
            }
        } catch (SourceLostException e) {
            return new Foreseen.Lost();
        } catch (PoisonFileException e) {
            return new Foreseen.Poisoned(e.reason(), e.detail());
        } catch (StoreUnavailableException e) {
            return new Foreseen.Postponed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.key(), e);
        }
    }

    /// Finds the file that stands at a key, for an event that does not say what it announces.
    ///
    /// @throws StoreUnavailableException when the store cannot tell
    public Optional<SourceFile> find(String bucket, String key, Optional<String> versionId) {
        Optional<StoredObject> object = bench.store().head(key);
        return object.map(found -> new SourceFile(bucket, key, versionId, found.eTag(), found.size()));
    }

    /// Whether the file has a receipt.
    ///
    /// @throws StoreUnavailableException when the store cannot tell
    public boolean isDecided(SourceFile file) {
        return bench.layout()
                .dataset(file.key())
                .flatMap(dataset -> bench.store().head(bench.layout().receipt(dataset, file.id(), 1)))
                .isPresent();
    }

    private Taken attempt(SourceFile file, Via via, Function<String, Step> first) {
        Optional<Rules> rules = rules(file);
        try (IntakeJournal.Entry entry = journal.begin(file, rules.map(Rules::dataset), via)) {
            return entry.end(run(file, rules, via, first, entry));
        }
    }

    private Taken run(
            SourceFile file, Optional<Rules> rules, Via via, Function<String, Step> first, IntakeJournal.Entry entry) {
        if (rules.isEmpty()) {
            return new Taken.Poisoned(Reason.DATASET_UNKNOWN, noDataset());
        }
        String attemptId = UUID.randomUUID().toString();
        try (Attempt attempt = new Attempt(bench, new Assignment(file, rules.get(), via, attemptId))) {
            Step step = first.apply(attemptId);
            while (true) {
                if (step instanceof Step.End end) {
                    return taken(file, end);
                }
                step = entry.step(step, attempt::run);
            }
        } catch (StoreUnavailableException e) {
            return new Taken.Postponed(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Rules> rules(SourceFile file) {
        return bench.layout().dataset(file.key()).flatMap(datasets::find);
    }

    private String noDataset() {
        return "Cannot tell the dataset: the key lies under none of "
                + datasets.names().stream()
                        .sorted()
                        .map(bench.layout()::incoming)
                        .toList();
    }

    private static Taken taken(SourceFile file, Step.End end) {
        return switch (end) {
            case Step.End.Committed committed -> new Taken.Committed(committed.receipt());
            case Step.End.AlreadyCommitted already -> new Taken.AlreadyCommitted(already.receipt());
            case Step.End.Superseded _ -> new Taken.Superseded();
            case Step.End.Missing _ ->
                new Taken.Poisoned(
                        Reason.SOURCE_MISSING,
                        "Cannot read " + file.key() + ": it is gone, no receipt says that it was decided, and nothing"
                                + " else stands at its key");
            case Step.End.BackupMissing(String backup) ->
                new Taken.Poisoned(
                        Reason.SOURCE_MISSING,
                        "Cannot read " + backup + ": the backup is gone, from which " + file.key()
                                + " is to be decided again");
            case Step.End.Undecided _ ->
                new Taken.Poisoned(
                        Reason.RECEIPT_MISSING,
                        "Cannot decide " + file.key() + " again: the generation to be replaced has no receipt");
            case Step.End.Poisoned poisoned -> new Taken.Poisoned(poisoned.reason(), poisoned.detail());
        };
    }
}
