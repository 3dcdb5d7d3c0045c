package dev.winnow.record;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;

/// A source that has told by its first bytes how it is packed, and is asked for its text.
final class TextSource implements AutoCloseable {

    private final Compression compression;
    private final InputStream content;

    private TextSource(Compression compression, InputStream content) {
        this.compression = compression;
        this.content = content;
    }

    /// @throws PoisonFileException when the source holds no bytes
    static TextSource of(InputStream source, ReadLimits limits) throws IOException {
        PushbackInputStream packed = new PushbackInputStream(source, ForeignFormat.HEAD);
        byte[] head = peek(packed);
        if (head.length == 0) {
            throw empty();
        }
        Compression compression = Compression.of(head);
        return new TextSource(compression, compression.unpack(packed, limits));
    }

    Compression compression() {
        return compression;
    }

    /// The text behind its byte order mark.
    ///
    /// @throws PoisonFileException when the content is damaged or empty, or its first bytes are not those of a text
    Utf8Reader text() throws IOException {
        PushbackInputStream text = new PushbackInputStream(content, ForeignFormat.HEAD);
        byte[] head = peek(text);
        if (head.length == 0) {
            throw empty();
        }
        if (Compression.of(head) != Compression.NONE) {
            throw new PoisonFileException(
                    Reason.COMPRESSION_UNSUPPORTED, "Cannot unpack the file: it is packed twice; pack it once");
        }
        Optional<ForeignFormat> foreign = ForeignFormat.of(head);
        if (foreign.isPresent()) {
            throw foreign.get().refusal();
        }
        Optional<ByteOrderMark> mark = ByteOrderMark.of(head);
        if (mark.isPresent() && mark.get() != ByteOrderMark.UTF_8) {
            throw otherCharset("is " + mark.get().charset());
        }
        if (looksLikeUtf16(head)) {
            throw otherCharset("looks like UTF-16");
        }
        int nul = Utf8Reader.indexOfNul(head, 0, head.length);
        if (nul >= 0) {
            // Told before anything that stands before it, which in a binary file only looks like a header.
            throw Utf8Reader.nulAt(nul);
        }
        int markLength = mark.map(ByteOrderMark::length).orElse(0);
        text.skipNBytes(markLength);
        return new Utf8Reader(text, markLength);
    }

    /// Whether NUL stands at every other byte only, and often, as where ASCII is coded in two bytes a character.
    private static boolean looksLikeUtf16(byte[] head) {
        int[] nuls = new int[2];
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                nuls[i % 2]++;
            }
        }
        return Math.min(nuls[0], nuls[1]) == 0 && Math.max(nuls[0], nuls[1]) > head.length / 4;
    }

    static PoisonFileException empty() {
        return new PoisonFileException(Reason.FILE_EMPTY, "Cannot read the file: there is nothing in it");
    }

    private static PoisonFileException otherCharset(String verdict) {
        return new PoisonFileException(
                Reason.CHARSET_UNSUPPORTED, "Cannot read the file as UTF-8: it " + verdict + "; save it as UTF-8");
    }

    private static byte[] peek(PushbackInputStream stream) throws IOException {
        byte[] head = stream.readNBytes(ForeignFormat.HEAD);
        stream.unread(head);
        return head;
    }

    /// Gives back what unpacking holds outside of the heap. The source stays open: it is its opener's to close.
    @Override
    public void close() {
        if (content instanceof InflatingStream inflating) {
            inflating.close();
        }
    }
}
