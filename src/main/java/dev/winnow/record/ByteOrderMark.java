package dev.winnow.record;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The mark that some programs write before a text, to say how its characters are coded.
enum ByteOrderMark {
    // The longer marks stand first: that of UTF-16 begins that of UTF-32.
    UTF_32_LE("UTF-32", "fffe0000"),
    UTF_32_BE("UTF-32", "0000feff"),
    UTF_16_LE("UTF-16", "fffe"),
    UTF_16_BE("UTF-16", "feff"),
    UTF_8("UTF-8", "efbbbf");

    private final String charset;
    private final String mark;

    ByteOrderMark(String charset, String mark) {
        this.charset = charset;
        this.mark = mark;
    }

    static Optional<ByteOrderMark> of(byte[] head) {
        String start = HexFormat.of().formatHex(head);
        return Arrays.stream(values())
                .filter(candidate -> start.startsWith(candidate.mark))
                .findFirst();
    }

    /// The mark's length in bytes.
    int length() {
        return mark.length() / 2;
    }

    String charset() {
        return charset;
    }
}
