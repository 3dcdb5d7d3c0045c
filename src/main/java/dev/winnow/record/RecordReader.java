package dev.winnow.record;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.SourceRecord.Row;
import dev.winnow.record.SourceRecord.Unreadable;
import dev.winnow.record.SourceRecord.WrongWidth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of one source, one after another: CSV by RFC 4180 in UTF-8, as it is or packed by gzip or zstd.
///
/// Lines end in LF, CRLF or CR; blank lines are no records. What no retry can mend is a [PoisonFileException]; what
/// the source itself throws passes through untouched, an `IOException` as an [UncheckedIOException]. Memory stays
/// below a few times [ReadLimits#longestRecord()] plus what unpacking takes, whatever comes. Not for use by several
/// threads at once, and not after an exception.
public final class RecordReader implements AutoCloseable {

    /// How many characters the parser asks for at once.
    private static final int READ = 8 * 1024;

    /// Room for what the parser reads ahead of the field in work.
    private static final int READ_AHEAD = 2 * READ;

    private final TextSource source;
    private final Utf8Reader text;
    private final RecordHandler handler;
    private final int longestRecord;
    private final Iterator<SourceRecord> records;
    private final Header header;

    private RecordReader(TextSource source, Collection<String> requiredColumns, ReadLimits limits) throws IOException {
        this.source = source;
        text = source.text();
        handler = new RecordHandler(limits);
        longestRecord = limits.longestRecord();
        records = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(bufferSize(longestRecord))
                .build(handler, text)
                .iterator();
        header = readHeader();
        header.check(requiredColumns);
        handler.expectWidth(header.names().size());
    }

    /// The most characters that the parser may hold.
    ///
    /// It doubles what it has up to this size, and after the last time reads on without a look at the room left.
    private static int bufferSize(int longestRecord) {
        // Twice, since a field of nothing but quotes is written with each of them doubled.
        int size = 2 * longestRecord + READ_AHEAD;
        int lastDoubling = Integer.highestOneBit(size);
        return size == lastDoubling ? size : Math.max(size, lastDoubling + READ);
    }

    /// Opens a source and reads its header.
    ///
    /// The source stays the caller's to close, who may want to cut a transfer instead of reading on to its end.
    ///
    /// @param source          the bytes of the object
    /// @param requiredColumns the names that the header must have, in any order
    /// @throws PoisonFileException when the file cannot be read as records with these columns
    public static RecordReader open(InputStream source, Collection<String> requiredColumns, ReadLimits limits) {
        try {
            TextSource text = TextSource.of(source, limits);
            boolean opened = false;
            try {
                RecordReader reader = new RecordReader(text, requiredColumns, limits);
                opened = true;
                return reader;
            } finally {
                if (!opened) {
                    text.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the source: " + e.getMessage(), e);
        }
    }

    public Header header() {
        return header;
    }

    public Compression compression() {
        return source.compression();
    }

    /// The next record, or null behind the last one.
    ///
    /// @throws PoisonFileException when the rest of the file cannot be read as records
    public @Nullable SourceRecord next() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException e) {
            throw unwrapped(e);
        }
    }

    /// The first record that is more than blanks.
    private Header readHeader() {
        while (true) {
            switch (next()) {
                case null -> throw TextSource.empty();
                case Row(long _, List<String> names) -> {
                    if (names.size() > 1 || !names.getFirst().isBlank()) {
                        return new Header(names);
                    }
                }
                case WrongWidth _ -> throw new IllegalStateException("Cannot judge a header's width: none is known");
                case Unreadable(long line, String _, String message) ->
                    throw new PoisonFileException(
                            Reason.CSV_MALFORMED, "Cannot read the header on line " + line + ": " + message);
            }
        }
    }

    /// The exception behind one of the parser, which wraps all that it did not throw itself.
    ///
    /// The parser's own message is not passed on, not even as a cause: it may quote the file.
    private RuntimeException unwrapped(CsvParseException e) {
        return switch (e.getCause()) {
            case null -> malformed(String.valueOf(e.getMessage()));
            case RuntimeException thrownInside -> thrownInside;
            case Error thrownInside -> throw thrownInside;
            case Throwable thrownInside -> new IllegalStateException("Cannot read a record", thrownInside);
        };
    }

    private PoisonFileException malformed(String parserMessage) {
        String what;
        if (text.ended()) {
            what = "a quote is opened and never closed";
        } else if (parserMessage.startsWith("The maximum buffer size")) {
            what = "a field is longer than " + longestRecord
                    + " characters and no end is in sight; is a quote unclosed?";
        } else {
            what = "characters stand between a closing quote and the next comma; is a quote not doubled?";
        }
        return new PoisonFileException(
                Reason.CSV_MALFORMED,
                "Cannot read the record that starts on line " + handler.line() + " as CSV: " + what);
    }

    /// Gives back what unpacking holds outside of the heap. The source is not closed.
    @Override
    public void close() {
        source.close();
    }
}
