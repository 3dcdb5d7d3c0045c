package dev.winnow.output;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Violation;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.record.SourceRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/// The outputs of one attempt: every decided record goes into exactly one, and both stay pending.
///
/// An outcome with no records starts no upload. Closing gives up whatever was not finished.
public final class Outcomes implements AutoCloseable {

    private final Uploads uploads;
    private final PartBuffers.Lease lease;
    private final OutputTarget target;
    private final Columns columns;
    private final Map<Outcome, OutcomeCsv> outputs = new EnumMap<>(Outcome.class);
    private final Annotations annotations = new Annotations();
    private long accepted;
    private long rejected;
    private long unreadable;
    private boolean finished;

    public Outcomes(Uploads uploads, OutputTarget target) {
        this.uploads = uploads;
        this.lease = uploads.buffers().lease();
        this.target = target;
        this.columns = new Columns(target.header(), target.required(), target.derived());
    }

    /// Writes one record where its decision sends it.
    public void write(SourceRecord record, Decision decision) {
        switch (decision) {
            case Decision.Accepted(long _, List<String> derived) -> {
                accepted++;
                output(Outcome.SUCCESSFUL).write(columns.successful(derived, values(record)));
            }
            case Decision.Rejected(long line, List<Violation> broken) -> {
                rejected++;
                writeRejected(line, broken, values(record));
            }
            case Decision.Unreadable(long line, Violation broken) -> {
                unreadable++;
                writeRejected(line, List.of(broken), values(record));
            }
        }
    }

    /// Ends both outputs and leaves them pending.
    ///
    /// @param beside a call that depends on neither, and is made beside theirs
    public List<Receipt.Output> finish(Runnable beside) {
        List<Supplier<Optional<Receipt.Output>>> calls = new ArrayList<>();
        for (OutcomeCsv output : outputs.values()) {
            calls.add(() -> Optional.of(output.finish()));
        }
        calls.add(() -> {
            beside.run();
            return Optional.empty();
        });
        List<Receipt.Output> pending =
                uploads.atOnce().all(calls).stream().flatMap(Optional::stream).toList();
        finished = true;
        return pending;
    }

    /// What became of the records so far.
    public Receipt.Records records() {
        return new Receipt.Records(accepted + rejected + unreadable, accepted, rejected, unreadable);
    }

    /// How often each code was given so far.
    public SortedMap<String, Long> violations() {
        return annotations.codes();
    }

    @Override
    public void close() {
        if (!finished) {
            outputs.values().forEach(OutcomeCsv::abort);
        }
        lease.close();
    }

    private void writeRejected(long line, List<Violation> broken, List<String> values) {
        Annotations.Annotation annotation = annotations.of(broken);
        output(Outcome.UNSUCCESSFUL)
                .write(columns.unsuccessful(line, annotation.codes(), annotation.reasons(), values));
    }

    private OutcomeCsv output(Outcome outcome) {
        OutcomeCsv output = outputs.get(outcome);
        if (output == null) {
            PendingUpload upload = new PendingUpload(
                    uploads.store(),
                    target.key(outcome),
                    "text/csv; charset=utf-8",
                    target.metadata(),
                    uploads.buffers().partSize(),
                    lease);
            output = new OutcomeCsv(
                    outcome,
                    upload,
                    switch (outcome) {
                        case SUCCESSFUL -> columns.successful();
                        case UNSUCCESSFUL -> columns.unsuccessful();
                    });
            outputs.put(outcome, output);
        }
        return output;
    }

    private static List<String> values(SourceRecord record) {
        return switch (record) {
            case SourceRecord.Row(long _, List<String> values) -> values;
            case SourceRecord.WrongWidth(long _, List<String> values) -> values;
            case SourceRecord.Unreadable _ -> List.of();
        };
    }
}
