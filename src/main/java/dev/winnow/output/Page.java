package dev.winnow.output;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Violation;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.record.SourceRecord;
import java.util.List;
import java.util.SortedMap;

/// Some decided records, one after another, as they are to be appended to the outputs of their file. Not for use by
/// several threads at once.
public final class Page {

    private final Columns columns;
    private final Annotations annotations = new Annotations();
    private final CsvRows successful = new CsvRows();
    private final CsvRows unsuccessful = new CsvRows();
    private long accepted;
    private long rejected;
    private long unreadable;

    Page(Columns columns) {
        this.columns = columns;
    }

    /// Writes one record into the rows of the output where its decision sends it.
    public void write(SourceRecord record, Decision decision) {
        switch (decision) {
            case Decision.Accepted(long _, List<String> derived) -> {
                accepted++;
                columns.writeSuccessful(derived, record.values(), successful);
            }
            case Decision.Rejected(long line, List<Violation> broken) -> {
                rejected++;
                columns.writeUnsuccessful(line, annotations.of(broken), record.values(), unsuccessful);
            }
            case Decision.Unreadable(long line, Violation broken) -> {
                unreadable++;
                columns.writeUnsuccessful(line, annotations.of(List.of(broken)), record.values(), unsuccessful);
            }
        }
    }

    CsvRows rows(Outcome outcome) {
        return switch (outcome) {
            case SUCCESSFUL -> successful;
            case UNSUCCESSFUL -> unsuccessful;
        };
    }

    Receipt.Records records() {
        return new Receipt.Records(accepted + rejected + unreadable, accepted, rejected, unreadable);
    }

    /// How often each code was given.
    SortedMap<String, Long> violations() {
        return annotations.codes();
    }

    void clear() {
        accepted = 0;
        rejected = 0;
        unreadable = 0;
        annotations.clear();
        successful.clear();
        unsuccessful.clear();
    }
}
