package dev.winnow.pipeline;

import dev.winnow.ahead.Ahead;
import dev.winnow.commit.Step;
import dev.winnow.decision.Judge;
import dev.winnow.file.Sha256;
import dev.winnow.file.SourceFile;
import dev.winnow.object.SourceStream;
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
import java.util.function.Supplier;

/// Reads and decides one file in a single pass, in memory that does not grow with it, leaves its outputs pending,
/// and backs it up beside.
final class Stager {

    private final Workbench bench;
    private final Assignment assignment;
    private final Supplier<SourceStream> content;

    /// @param content opens what is to be read
    Stager(Workbench bench, Assignment assignment, Supplier<SourceStream> content) {
        this.bench = bench;
        this.assignment = assignment;
        this.content = content;
    }

    /// Decides the file; whatever fails, nothing is left pending.
    ///
    /// @return the receipt as it is to be written, but for the time of commit
    /// @throws dev.winnow.object.SourceLostException when the content is gone or was overwritten
    /// @throws dev.winnow.file.PoisonFileException when the file cannot be read as records
    Receipt stage(Step.Stage step) {
        Instant startedAt = bench.clock().instant();
        MessageDigest sha256 = Sha256.digest();
        try (SourceStream source = content.get();
                DigestInputStream digested = new DigestInputStream(source, sha256);
                RecordReader records =
                        RecordReader.open(digested, assignment.rules().columns(), bench.limits())) {
            Instant lastModified = step.replaced().isEmpty()
                    ? source.lastModified()
                    : step.replaced().getFirst().lastModified();
            OutputTarget target = target(step.generation(), records, lastModified);
            try (Outcomes outcomes = new Outcomes(bench.uploads(), target)) {
                decide(records, outcomes);
                // The digest is of every byte, also of those after the last record.
                digested.transferTo(OutputStream.nullOutputStream());
                String sourceSha256 = Sha256.hex(sha256);
                String backup = backup(step.replaced(), lastModified);
                List<Receipt.Output> outputs = outcomes.finish(() -> {
                    if (step.replaced().isEmpty()) {
                        bench.store().copy(assignment.file(), backup, sourceSha256);
                    }
                });
                return receipt(
                        step.replaced(), startedAt, lastModified, sourceSha256, backup, records, outcomes, outputs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + assignment.file().key(), e);
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

    /// Where the backup stands: an earlier generation has made it, or this one does.
    private String backup(List<Receipt> replaced, Instant lastModified) {
        return replaced.isEmpty()
                ? bench.layout().backup(assignment.rules().dataset(), lastModified, assignment.file())
                : replaced.getFirst().backup();
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
            String sourceSha256,
            String backup,
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
                sourceSha256,
                records.compression().code(),
                assignment.rules().version(),
                bench.version(),
                assignment.attemptId(),
                outcomes.records(),
                outcomes.violations(),
                outputs,
                backup,
                lastModified,
                startedAt,
                bench.clock().instant(),
                assignment.via(),
                replaced.isEmpty()
                        ? Optional.empty()
                        : Optional.of(bench.layout().receipt(dataset, file.id(), generation - 1)));
    }
}
