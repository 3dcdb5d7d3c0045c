package dev.winnow.record;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The characters of strict UTF-8 text: a malformed sequence or a NUL byte ends the file, with the place told.
///
/// Every read but the last gives as many characters as were asked for, and what stands before the odd byte is given
/// first. So what a file's parser sees does not depend on the pieces in which the bytes come.
final class Utf8Reader extends Reader {

    private static final int BLOCK = 64 * 1024;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final InputStream source;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final byte[] block = new byte[BLOCK];
    private final ByteBuffer bytes = ByteBuffer.wrap(block).limit(0);
    private long bytesRead;
    private boolean sourceEnded;
    private boolean nulFound;
    private boolean ended;

    /// @param bytesBefore how many bytes of the text were read already, so that places are told from its start
    Utf8Reader(InputStream source, int bytesBefore) {
        this.source = source;
        this.bytesRead = bytesBefore;
    }

    /// Whether the last character has been handed out and the end was told.
    boolean ended() {
        return ended;
    }

    /// @param length at least 2, as some characters take two
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length < 2) {
            throw new IllegalArgumentException("Cannot read fewer than 2 characters at once");
        }
        CharBuffer characters = CharBuffer.wrap(target, offset, length);
        CoderResult result = decode(characters);
        while (result.isUnderflow() && !sourceEnded && !nulFound) {
            fill();
            result = decode(characters);
        }
        if (characters.position() > offset) {
            return characters.position() - offset;
        }
        if (result.isError()) {
            throw malformed();
        }
        if (nulFound) {
            throw nulAt(bytesRead);
        }
        ended = true;
        return -1;
    }

    /// Decodes what is at hand, in pieces that end where ASCII begins again: the decoder takes ASCII at its start at a
    /// stride, and from another byte on goes byte by byte to the end.
    private CoderResult decode(CharBuffer characters) {
        int end = bytes.limit();
        CoderResult result;
        do {
            int piece = endOfPiece(block, bytes.position(), end);
            bytes.limit(piece);
            result = decoder.decode(bytes, characters, sourceEnded && piece == end);
            bytes.limit(end);
            if (piece == end) {
                return result;
            }
        } while (result.isUnderflow());
        return result;
    }

    /// The place behind the first ASCII byte after some that are not, or the end. With that byte at its end no piece
    /// leaves a character open.
    private static int endOfPiece(byte[] block, int from, int end) {
        int i = from;
        while (i + Long.BYTES <= end && ((long) EIGHT_BYTES.get(block, i) & 0x8080808080808080L) == 0) {
            i += Long.BYTES;
        }
        while (i < end && block[i] >= 0) {
            i++;
        }
        while (i < end && block[i] < 0) {
            i++;
        }
        return Math.min(i + 1, end);
    }

    /// Reads on behind the bytes of a character that is not complete, up to the next NUL byte.
    private void fill() throws IOException {
        bytes.compact();
        int from = bytes.position();
        int count = source.read(block, from, block.length - from);
        if (count < 0) {
            sourceEnded = true;
        } else {
            int nul = indexOfNul(block, from, from + count);
            nulFound = nul >= 0;
            int to = nulFound ? nul : from + count;
            bytesRead += to - from;
            bytes.position(to);
        }
        bytes.flip();
    }

    /// The place of the first NUL byte in a part of a block, or -1 where there is none.
    ///
    /// Looks at eight bytes at once: subtracting 1 from each borrows from its top bit only where it was zero.
    static int indexOfNul(byte[] block, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) EIGHT_BYTES.get(block, i);
            if (((eight - 0x0101010101010101L) & ~eight & 0x8080808080808080L) != 0) {
                break;
            }
        }
        for (; i < to; i++) {
            if (block[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    static PoisonFileException nulAt(long offset) {
        return new PoisonFileException(
                Reason.CSV_MALFORMED,
                "Cannot read the file as CSV: it has a NUL byte at offset " + offset + ", so it is binary or damaged");
    }

    private PoisonFileException malformed() {
        return new PoisonFileException(
                Reason.CHARSET_UNSUPPORTED,
                "Cannot read the file as UTF-8: malformed at byte offset " + (bytesRead - bytes.remaining())
                        + "; save it as UTF-8");
    }

    /// Does nothing: the source is its opener's to close.
    @Override
    public void close() {}
}
