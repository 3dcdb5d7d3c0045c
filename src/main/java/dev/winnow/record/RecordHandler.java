package dev.winnow.record;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import dev.winnow.record.SourceRecord.Row;
import dev.winnow.record.SourceRecord.Unreadable;
import dev.winnow.record.SourceRecord.WrongWidth;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a [SourceRecord] of the fields that the parser finds.
///
/// From the first field on that passes a limit nothing of the record is kept, so a record without end costs no memory.
final class RecordHandler extends AbstractBaseCsvCallbackHandler<SourceRecord> {

    private static final int ANY_WIDTH = -1;

    private final int longestRecord;
    private final int mostFields;
    private int width = ANY_WIDTH;
    private String[] values = new String[16];
    private int count;
    private long length;

    RecordHandler(ReadLimits limits) {
        longestRecord = limits.longestRecord();
        mostFields = limits.mostFields();
    }

    /// Sets how many values a row has from now on. Until then any number will do.
    void expectWidth(int expected) {
        width = expected;
    }

    /// The line on which the record in work starts.
    long line() {
        return getStartingLineNumber();
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        count = 0;
        length = -1;
    }

    @Override
    protected void handleField(int fieldIdx, char[] buf, int offset, int len, boolean quoted) {
        // A field and the comma before it: the first has none.
        length += len + 1;
        count = fieldIdx + 1;
        if (length > longestRecord || count > mostFields) {
            return;
        }
        if (fieldIdx == values.length) {
            values = Arrays.copyOf(values, 2 * fieldIdx);
        }
        values[fieldIdx] = new String(buf, offset, len);
    }

    @Override
    protected @Nullable SourceRecord buildRecord() {
        if (getRecordType() == RecordType.EMPTY) {
            return null;
        }
        if (count > mostFields) {
            return new Unreadable(
                    line(), Unreadable.TOO_MANY_FIELDS, "The record has more than " + mostFields + " fields");
        }
        if (length > longestRecord) {
            return new Unreadable(
                    line(), Unreadable.TOO_LONG, "The record is longer than " + longestRecord + " characters");
        }
        List<String> kept = List.of(Arrays.copyOf(values, count));
        return width == ANY_WIDTH || width == count ? new Row(line(), kept) : new WrongWidth(line(), kept);
    }
}
