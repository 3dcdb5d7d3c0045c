package dev.winnow.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/// Rows in the one form in which Winnow writes CSV: RFC 4180, UTF-8, LF, quotes only where they are needed.
///
/// Equal rows are equal bytes. Written by hand since a writer of characters and an encoder behind it took as long as
/// reading and deciding together.
public final class CsvRows {

    private static final int FIRST = 1 << 15;
    private static final int FEW = 1 << 8;

    /// The most bytes that a character of a text takes: a quote is written twice, and two characters that make one
    /// supplementary code point take four.
    private static final int MOST_BYTES = 3;

    /// A bit for each ASCII character that asks for quotes, or for a look at where it stands.
    private static final long SPECIAL = 1L << ',' | 1L << '"' | 1L << '\n' | 1L << '\r' | 1L << '#';

    private byte[] bytes;
    private int size;
    private long rows;
    private boolean rowBegun;

    public CsvRows() {
        this(FIRST);
    }

    private CsvRows(int first) {
        this.bytes = new byte[first];
    }

    /// One row of these values.
    public CsvRows row(List<String> values) {
        values.forEach(this::field);
        endRow();
        return this;
    }

    /// One more value of the row in work.
    void field(String value) {
        int length = value.length();
        makeRoomFor(MOST_BYTES * (long) length + 3);
        if (rowBegun) {
            bytes[size++] = ',';
        }
        int written = plain(value, length);
        if (written == length) {
            size += written;
        } else {
            special(value);
        }
        rowBegun = true;
    }

    /// The next values of the row in work, as [#encoded] gave them; none of them is the row's first.
    void encodedFields(byte[] encoded) {
        makeRoomFor(encoded.length + 1L);
        bytes[size++] = ',';
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /// Values that are written often, encoded once.
    static byte[] encoded(List<String> values) {
        CsvRows rows = new CsvRows(FEW);
        // Behind the one value that would be a row's first.
        rows.field("");
        values.forEach(rows::field);
        return Arrays.copyOfRange(rows.bytes, 1, rows.size);
    }

    /// Writes a value up to its first character that is not as good as its own byte.
    ///
    /// @return how many characters that were; they count only once the size says so
    private int plain(String value, int length) {
        byte[] target = bytes;
        int from = size;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80 || (c < Long.SIZE && (SPECIAL >>> c & 1) != 0)) {
                return i;
            }
            target[from + i] = (byte) c;
        }
        return length;
    }

    void endRow() {
        makeRoomFor(1);
        bytes[size++] = '\n';
        rows++;
        rowBegun = false;
    }

    /// How many rows there are.
    long rows() {
        return rows;
    }

    void clear() {
        size = 0;
        rows = 0;
    }

    /// Writes all rows, as often as it is called.
    public void writeTo(OutputStream to) throws IOException {
        to.write(bytes, 0, size);
    }

    private void special(String value) {
        boolean quoted = isQuoted(value);
        if (quoted) {
            bytes[size++] = '"';
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                if (c == '"') {
                    bytes[size++] = '"';
                }
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xc0 | (c >> 6));
                continued(c);
            } else if (Character.isSurrogatePair(c, i + 1 < value.length() ? value.charAt(i + 1) : 0)) {
                i++;
                supplementary(Character.toCodePoint(c, value.charAt(i)));
            } else if (Character.isSurrogate(c)) {
                bytes[size++] = '?';
            } else {
                bytes[size++] = (byte) (0xe0 | c >> 12);
                continued(c >> 6);
                continued(c);
            }
        }
        if (quoted) {
            bytes[size++] = '"';
        }
    }

    /// A first value that starts with `#` is quoted too: some readers take its row for a comment.
    private boolean isQuoted(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r' || (c == '#' && i == 0 && !rowBegun)) {
                return true;
            }
        }
        return false;
    }

    private void supplementary(int codePoint) {
        bytes[size++] = (byte) (0xf0 | codePoint >> 18);
        continued(codePoint >> 12);
        continued(codePoint >> 6);
        continued(codePoint);
    }

    /// A continuation byte of the lowest six bits: RFC 3629, section 3.
    private void continued(int bits) {
        bytes[size++] = (byte) (0x80 | (bits & 0x3f));
    }

    private void makeRoomFor(long more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(2L * bytes.length, size + more)));
        }
    }
}
