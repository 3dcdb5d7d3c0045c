package dev.winnow.output;

import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final SortedMap<String, Long> violations = new TreeMap<>();
    private final Queue<Page> blank = new ConcurrentLinkedQueue<>();
    private Receipt.Records records = Receipt.Records.NONE;
    private boolean finished;

    public Outcomes(Uploads uploads, OutputTarget target) {
        this.uploads = uploads;
        this.lease = uploads.buffers().lease();
        this.target = target;
        this.columns = new Columns(target.header(), target.required(), target.derived());
    }

    /// An empty page for records of this file; any number may be in work at once, by any thread.
    public Page page() {
        Page appended = blank.poll();
        return appended == null ? new Page(columns) : appended;
    }

    /// Appends the rows of a page to the outputs. The page is not the caller's any more: it will be written anew.
    public void append(Page page) {
        records = records.plus(page.records());
        page.violations().forEach((code, times) -> violations.merge(code, times, Long::sum));
        for (Outcome outcome : Outcome.values()) {
            CsvRows rows = page.rows(outcome);
            if (rows.rows() > 0) {
                output(outcome).append(rows);
            }
        }
        page.clear();
        blank.add(page);
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
        return records;
    }

    /// How often each code was given so far.
    public SortedMap<String, Long> violations() {
        return violations;
    }

    @Override
    public void close() {
        if (!finished) {
            outputs.values().forEach(OutcomeCsv::abort);
        }
        lease.close();
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
}
