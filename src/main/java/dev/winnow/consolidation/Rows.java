package dev.winnow.consolidation;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.List;

/// Rows as Winnow has written them, of any length and number of fields: the limits were kept when they were read
/// first.
final class Rows extends AbstractBaseCsvCallbackHandler<List<String>> {

    private List<String> fields = new ArrayList<>();

    /// Reads what Winnow has written.
    static CsvReader.CsvReaderBuilder reader() {
        return CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(Integer.MAX_VALUE / 2);
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields = new ArrayList<>();
    }

    @Override
    protected void handleField(int fieldIdx, char[] buf, int offset, int len, boolean quoted) {
        fields.add(new String(buf, offset, len));
    }

    /// An empty line is a row of one empty field: so it is written.
    @Override
    protected List<String> buildRecord() {
        return fields.isEmpty() ? List.of("") : fields;
    }
}
