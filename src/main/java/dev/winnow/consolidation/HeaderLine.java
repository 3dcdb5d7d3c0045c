package dev.winnow.consolidation;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The header of an output, as Winnow writes it.
///
/// @param names  the columns, in order; names may repeat
/// @param length how many bytes it takes, its line feed included
record HeaderLine(List<String> names, int length) {

    HeaderLine {
        names = List.copyOf(names);
    }

    /// Reads up to the end of the header and not a byte further. A line feed within quotes does not end it.
    ///
    /// @param key what is read
    /// @throws IncompleteException when there is none
    static HeaderLine read(InputStream body, String key) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean quoted = false;
        for (int value = body.read(); value >= 0; value = body.read()) {
            line.write(value);
            quoted ^= value == '"';
            if (value == '\n' && !quoted) {
                return new HeaderLine(names(line.toString(StandardCharsets.UTF_8), key), line.size());
            }
        }
        throw new IncompleteException(key + " has no header");
    }

    private static List<String> names(String line, String key) {
        try {
            return Rows.reader().ofSingleCsvRecord(new Rows(), line);
        } catch (CsvParseException e) {
            // The parser's own message may quote the file.
            throw new IncompleteException(key + " has no header");
        }
    }
}
