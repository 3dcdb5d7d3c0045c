package dev.winnow.output;

import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// One outcome's rows as CSV in a pending upload.
final class OutcomeCsv {

    private final Outcome outcome;
    private final PendingUpload upload;
    private long rows;

    OutcomeCsv(Outcome outcome, PendingUpload upload, List<String> columns) {
        this.outcome = outcome;
        this.upload = upload;
        write(new CsvRows().row(columns));
    }

    void append(CsvRows more) {
        write(more);
        rows += more.rows();
    }

    private void write(CsvRows more) {
        try {
            more.writeTo(upload);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to the " + outcome.code() + " output", e);
        }
    }

    /// Ends the output; it stays pending.
    Receipt.Output finish() {
        List<String> parts = upload.finish();
        return new Receipt.Output(
                outcome, upload.key(), upload.uploadId(), parts, rows, upload.size(), upload.sha256());
    }

    void abort() {
        upload.abort();
    }
}
