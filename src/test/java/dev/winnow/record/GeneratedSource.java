package dev.winnow.record;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A long text that exists only while it is read: a start, a piece many times over, and an end.
final class GeneratedSource extends InputStream {

    private final byte[] start;
    private final byte[] piece;
    private final byte[] end;
    private final long endAt;
    private long position;

    GeneratedSource(String start, String piece, long times, String end) {
        this.start = start.getBytes(StandardCharsets.UTF_8);
        this.piece = piece.getBytes(StandardCharsets.UTF_8);
        this.end = end.getBytes(StandardCharsets.UTF_8);
        endAt = this.start.length + times * this.piece.length;
    }

    /// How many bytes were read so far.
    long position() {
        return position;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        byte[] part = end;
        long from = position - endAt;
        if (position < start.length) {
            part = start;
            from = position;
        } else if (position < endAt) {
            part = piece;
            from = (position - start.length) % piece.length;
        }
        int count = Math.min(length, part.length - (int) from);
        System.arraycopy(part, (int) from, target, offset, count);
        position += count;
        return count == 0 ? -1 : count;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
