package dev.winnow.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// One outcome's rows as CSV (RFC 4180, UTF-8, LF) in a pending upload.
final class OutcomeCsv {

    private final Outcome outcome;
    private final PendingUpload upload;
    private final CsvWriter csv;
    private long rows;

    OutcomeCsv(Outcome outcome, PendingUpload upload, List<String> columns) {
        this.outcome = outcome;
        this.upload = upload;
        this.csv = CsvForm.writer(upload);
        csv.writeRecord(columns);
    }

    void write(List<String> values) {
        csv.writeRecord(values);
        rows++;
    }

    /// Ends the output; it stays pending.
    Receipt.Output finish() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot end the " + outcome.code() + " output", e);
        }
        List<String> parts = upload.finish();
        return new Receipt.Output(
                outcome, upload.key(), upload.uploadId(), parts, rows, upload.size(), upload.sha256());
    }

    void abort() {
        upload.abort();
    }
}
