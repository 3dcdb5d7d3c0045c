package dev.winnow.pipeline;

import dev.winnow.ahead.Ahead;
import dev.winnow.commit.Step;
import dev.winnow.decision.Judge;
import dev.winnow.file.Sha256;
import dev.winnow.file.SourceFile;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.SourceStream;
import dev.winnow.object.StoredObject;
import dev.winnow.output.Outcomes;
import dev.winnow.output.OutputTarget;
import dev.winnow.output.Page;
import dev.winnow.receipt.Receipt;
import dev.winnow.record.Batches;
import dev.winnow.record.RecordReader;
import dev.winnow.record.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads and decides one file in a single pass, in memory that does not grow with it, and leaves its outputs
/// pending.
final class Stager {

    private final Workbench bench;
    private final Assignment assignment;

    Stager(Workbench bench, Assignment assignment) {
        this.bench = bench;
        this.assignment = assignment;
    }

    /// Decides the file; whatever fails, nothing is left pending.
    ///
    /// @return the receipt as it is to be written, but for the time of commit
    /// @throws SourceLostException when the content is gone or was overwritten
    /// @throws dev.winnow.file.PoisonFileException when the file cannot be read as records
    Receipt stage(Step.Stage step) {
        Instant startedAt = bench.clock().instant();
        SourceFile content = content(step.replaced());
        MessageDigest sha256 = Sha256.digest();
        try (SourceStream source = new SourceStream(bench.store(), content);
                DigestInputStream digested = new DigestInputStream(source, sha256);
                RecordReader records =
                        RecordReader.open(digested, assignment.rules().columns(), bench.limits())) {
            Instant lastModified = step.replaced().isEmpty()
                    ? source.lastModified()
                    : step.replaced().getFirst().lastModified();
            OutputTarget target = target(step.generation(), records, lastModified);
            try (Outcomes outcomes = new Outcomes(bench.store(), bench.output(), target)) {
                decide(records, outcomes);
                // The digest is of every byte, also of those after the last record.
                digested.transferTo(OutputStream.nullOutputStream());
                List<Receipt.Output> outputs = outcomes.finish();
                return receipt(step.replaced(), startedAt, lastModified, sha256, records, outcomes, outputs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + content.key(), e);
        }
    }

    /// Decides all records, several batches of them at once, and appends them to the outputs in their order.
    private void decide(RecordReader records, Outcomes outcomes) {
        Judge judge = assignment.rules().judge(records.header());
        Batches batches = new Batches(records);
        try (Ahead<Page> pages = new Ahead<>(bench.cores(), outcomes::append)) {
            for (List<SourceRecord> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
                List<SourceRecord> next = batch;
                pages.ask(() -> decided(next, judge, outcomes.page()));
            }
            pages.finish();
        }
        if (outcomes.records().read() != batches.count()) {
            throw new IllegalStateException("Cannot account for every record: " + batches.count() + " read, "
                    + outcomes.records().read() + " decided");
        }
    }

    private static Page decided(List<SourceRecord> batch, Judge judge, Page page) {
        for (SourceRecord record : batch) {
            page.write(record, judge.decide(record));
        }
        return page;
    }

    /// What is to be read: the source, or its backup once an earlier generation has made one.
    private SourceFile content(List<Receipt> replaced) {
        if (replaced.isEmpty()) {
            return assignment.file();
        }
        String key = replaced.getFirst().backup();
        StoredObject backup = bench.store().head(key).orElseThrow(() -> new SourceLostException(key));
        return new SourceFile(assignment.file().bucket(), key, Optional.empty(), backup.eTag(), backup.size());
    }

    private OutputTarget target(int generation, RecordReader records, Instant lastModified) {
        String dataset = assignment.rules().dataset();
        return new OutputTarget(
                records.header(),
                assignment.rules().columns(),
                assignment.rules().derivedColumns(),
                outcome -> bench.layout()
                        .output(
                                outcome,
                                dataset,
                                lastModified,
                                assignment.file().id(),
                                generation),
                Map.of(OutputTarget.ATTEMPT, assignment.attemptId()));
    }

    private Receipt receipt(
            List<Receipt> replaced,
            Instant startedAt,
            Instant lastModified,
            MessageDigest sha256,
            RecordReader records,
            Outcomes outcomes,
            List<Receipt.Output> outputs) {
        SourceFile file = assignment.file();
        String dataset = assignment.rules().dataset();
        int generation = replaced.size() + 1;
        return new Receipt(
                Receipt.SCHEMA,
                file.id(),
                generation,
                dataset,
                file.bucket(),
                file.key(),
                file.versionId(),
                file.eTag(),
                file.size(),
                Sha256.hex(sha256),
                records.compression().code(),
                assignment.rules().version(),
                bench.version(),
                assignment.attemptId(),
                outcomes.records(),
                outcomes.violations(),
                outputs,
                replaced.isEmpty()
                        ? bench.layout().backup(dataset, lastModified, file)
                        : replaced.getFirst().backup(),
                lastModified,
                startedAt,
                bench.clock().instant(),
                assignment.via(),
                replaced.isEmpty()
                        ? Optional.empty()
                        : Optional.of(bench.layout().receipt(dataset, file.id(), generation - 1)));
    }
}
