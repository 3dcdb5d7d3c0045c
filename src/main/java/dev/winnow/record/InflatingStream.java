package dev.winnow.record;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.IOException;
import java.io.InputStream;

/// The bytes that a packed source inflates to, with the limits on inflation watched while they come.
///
/// Damage in the source is a [PoisonFileException]; what the source itself throws passes through untouched. Unlike the
/// streams of the JDK and of zstd-jni this never takes a damaged or cut second member for the end of the file, and
/// never asks the source what is available.
abstract sealed class InflatingStream extends InputStream permits GzipStream, ZstdStream {

    static final int BLOCK = 64 * 1024;
    private static final long RATIO_JUDGED_FROM = 16L * 1024 * 1024;

    private final InputStream source;
    private final long largestInflated;
    private final int highestRatio;
    private long packedBytes;
    private long inflatedBytes;

    InflatingStream(InputStream source, ReadLimits limits) {
        this.source = source;
        largestInflated = limits.largestInflated().asLongValue();
        highestRatio = limits.highestRatio();
    }

    /// Puts at least one byte into the target and returns how many, or -1 at the end of the source.
    abstract int inflate(byte[] target, int offset, int length) throws IOException;

    /// Gives back what is held outside of the heap. The source stays open: it is its opener's to close.
    @Override
    public abstract void close();

    /// Fills the block from its start with what the source has next, and returns how many bytes, or -1 at its end.
    final int readPacked(byte[] block) throws IOException {
        int count = source.read(block, 0, block.length);
        packedBytes += Math.max(count, 0);
        return count;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = inflate(target, offset, length);
        inflatedBytes += Math.max(count, 0);
        checkLimits();
        return count;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void checkLimits() {
        if (inflatedBytes > largestInflated) {
            throw new PoisonFileException(
                    Reason.COMPRESSION_LIMIT,
                    "Cannot unpack the file: it inflates to more than " + largestInflated
                            + " bytes (winnow.reading.largest-inflated)");
        }
        if (inflatedBytes > RATIO_JUDGED_FROM && inflatedBytes / highestRatio > packedBytes) {
            throw new PoisonFileException(
                    Reason.COMPRESSION_LIMIT,
                    "Cannot unpack the file: it inflates to more than " + highestRatio
                            + " times its size (winnow.reading.highest-ratio)");
        }
    }
}
