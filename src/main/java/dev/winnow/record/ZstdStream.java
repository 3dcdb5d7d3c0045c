package dev.winnow.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// All frames of a zstd source (RFC 8878), skippable ones passed over.
///
/// A frame may ask for a window of at most 128 MiB, libzstd's own limit, kept outside of the heap until this is closed.
final class ZstdStream extends InflatingStream {

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] block = new byte[BLOCK];
    private final ByteBuffer packed = ByteBuffer.allocateDirect(BLOCK).limit(0);
    private final ByteBuffer inflated = ByteBuffer.allocateDirect(BLOCK).limit(0);
    private boolean insideFrame;
    private boolean moreInside;

    ZstdStream(InputStream source, ReadLimits limits) {
        super(source, limits);
    }

    @Override
    int inflate(byte[] target, int offset, int length) throws IOException {
        while (!inflated.hasRemaining()) {
            if (!moreInside && !packed.hasRemaining() && !fill()) {
                return -1;
            }
            inflateSome();
        }
        int count = Math.min(length, inflated.remaining());
        inflated.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        int count = readPacked(block);
        if (count < 0) {
            if (insideFrame) {
                throw new PoisonFileException(Reason.COMPRESSION_CORRUPT, "Cannot unpack the zstd file: it ends early");
            }
            return false;
        }
        packed.clear().put(block, 0, count).flip();
        return true;
    }

    private void inflateSome() {
        inflated.clear();
        try {
            insideFrame = !context.decompressDirectByteBufferStream(inflated, packed);
        } catch (ZstdException e) {
            throw unreadable(e);
        }
        // A full target may leave bytes inside the decoder, to be asked for before it is given more.
        moreInside = insideFrame && !inflated.hasRemaining();
        inflated.flip();
    }

    private static PoisonFileException unreadable(ZstdException e) {
        // zstd-jni gives the code as the library's negative result here, and as a positive number elsewhere.
        if (Math.abs(e.getErrorCode()) == Zstd.errFrameParameterWindowTooLarge()) {
            return new PoisonFileException(
                    Reason.COMPRESSION_LIMIT,
                    "Cannot unpack the zstd file: its window is over 128 MiB; pack it with --long=27 or without --long",
                    e);
        }
        return new PoisonFileException(Reason.COMPRESSION_CORRUPT, "Cannot unpack the zstd file: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        context.close();
    }
}
