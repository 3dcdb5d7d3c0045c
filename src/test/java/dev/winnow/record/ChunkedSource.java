package dev.winnow.record;

import java.io.InputStream;

/// Bytes as a network brings them: a few at a time, with nothing ever said to be available.
final class ChunkedSource extends InputStream {

    private final byte[] bytes;
    private final int firstChunk;
    private final int chunk;
    private int position;

    private ChunkedSource(byte[] bytes, int firstChunk, int chunk) {
        this.bytes = bytes;
        this.firstChunk = firstChunk;
        this.chunk = chunk;
    }

    static ChunkedSource everyByteAlone(byte[] bytes) {
        return inChunksOf(1, bytes);
    }

    static ChunkedSource inChunksOf(int chunk, byte[] bytes) {
        return new ChunkedSource(bytes, chunk, chunk);
    }

    static ChunkedSource splitAt(byte[] bytes, int place) {
        return new ChunkedSource(bytes, place, Integer.MAX_VALUE);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == bytes.length && length > 0) {
            return -1;
        }
        int most = position < firstChunk ? firstChunk - position : chunk;
        int count = Math.min(Math.min(length, most), bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int read() {
        return position == bytes.length ? -1 : bytes[position++] & 0xff;
    }

    @Override
    public int available() {
        return 0;
    }
}
