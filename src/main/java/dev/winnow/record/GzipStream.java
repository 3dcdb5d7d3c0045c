package dev.winnow.record;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// All members of a gzip source (RFC 1952), each checked against its checksum and length.
///
/// Anything after a member must be another member: what other readers pass over as trailing garbage may be the rest
/// of the sender's records.
final class GzipStream extends InflatingStream {

    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CHECKSUM = 0x02;
    private static final int HAS_EXTRA = 0x04;
    private static final int HAS_NAME = 0x08;
    private static final int HAS_COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] block = new byte[BLOCK];
    private int position;
    private int limit;
    private boolean insideMember;

    GzipStream(InputStream source, ReadLimits limits) {
        super(source, limits);
    }

    @Override
    int inflate(byte[] target, int offset, int length) throws IOException {
        while (true) {
            if (!insideMember && !startMember()) {
                return -1;
            }
            int count = inflateSome(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else {
                feed();
            }
        }
    }

    private int inflateSome(byte[] target, int offset, int length) {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw corrupt("its compressed data is damaged", e);
        }
    }

    /// Hands the inflater the bytes at hand, or the next ones of the source.
    private void feed() throws IOException {
        if (!inflater.needsInput()) {
            throw corrupt("its compressed data asks for a dictionary");
        }
        if (position == limit && !fill()) {
            throw endsEarly();
        }
        inflater.setInput(block, position, limit - position);
        position = limit;
    }

    private boolean startMember() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        checksum.reset();
        if (headerByte() != 0x1f || headerByte() != 0x8b) {
            throw corrupt("something else follows the compressed data");
        }
        if (headerByte() != DEFLATE) {
            throw corrupt("its compression method is unknown");
        }
        int flags = headerByte();
        if ((flags & RESERVED) != 0) {
            throw corrupt("its header has unknown flags");
        }
        skipHeader(6);
        if ((flags & HAS_EXTRA) != 0) {
            int low = headerByte();
            skipHeader(low | headerByte() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipHeaderText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipHeaderText();
        }
        if ((flags & HAS_HEADER_CHECKSUM) != 0) {
            long expected = checksum.getValue() & 0xffff;
            if (littleEndian(2) != expected) {
                throw corrupt("the checksum of its header is wrong");
            }
        }
        checksum.reset();
        inflater.reset();
        insideMember = true;
        return true;
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        if (littleEndian(4) != checksum.getValue()) {
            throw corrupt("the checksum of its data is wrong");
        }
        if (littleEndian(4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw corrupt("the length of its data is wrong");
        }
        insideMember = false;
    }

    private int headerByte() throws IOException {
        int value = nextByte();
        checksum.update(value);
        return value;
    }

    private void skipHeader(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            headerByte();
        }
    }

    private void skipHeaderText() throws IOException {
        int value;
        do {
            value = headerByte();
        } while (value != 0);
    }

    private long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) nextByte() << (8 * i);
        }
        return value;
    }

    private int nextByte() throws IOException {
        if (position == limit && !fill()) {
            throw endsEarly();
        }
        return block[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = readPacked(block);
        position = 0;
        limit = Math.max(count, 0);
        return count >= 0;
    }

    private static PoisonFileException endsEarly() {
        return corrupt("it ends early");
    }

    private static PoisonFileException corrupt(String why) {
        return new PoisonFileException(Reason.COMPRESSION_CORRUPT, "Cannot unpack the gzip file: " + why);
    }

    private static PoisonFileException corrupt(String why, Throwable cause) {
        return new PoisonFileException(Reason.COMPRESSION_CORRUPT, "Cannot unpack the gzip file: " + why, cause);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
