package dev.winnow.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.OutputStream;

/// The one form in which Winnow writes CSV: RFC 4180, UTF-8, LF.
public final class CsvForm {

    private CsvForm() {}

    /// A writer whose equal rows are equal bytes.
    public static CsvWriter writer(OutputStream to) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to);
    }
}
