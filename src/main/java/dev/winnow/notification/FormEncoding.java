package dev.winnow.notification;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// The encoding of keys in S3's own notifications: `application/x-www-form-urlencoded`, over UTF-8.
///
/// Stores differ in which characters they escape (MinIO escapes `/`, LocalStack writes a space as `%20`), and all
/// of it decodes alike. Unlike `java.net.URLDecoder` this is strict: a broken escape or bytes that are no UTF-8
/// give nothing, since a replacement character would make the name of another object.
final class FormEncoding {

    private FormEncoding() {}

    static Optional<String> decode(String encoded) {
        try {
            ByteBuffer in = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(encoded));
            ByteBuffer out = ByteBuffer.allocate(in.remaining());
            while (in.hasRemaining()) {
                byte next = in.get();
                if (next == '%') {
                    if (in.remaining() < 2
                            || !HexFormat.isHexDigit(in.get(in.position()))
                            || !HexFormat.isHexDigit(in.get(in.position() + 1))) {
                        return Optional.empty();
                    }
                    out.put((byte) (HexFormat.fromHexDigit(in.get()) << 4 | HexFormat.fromHexDigit(in.get())));
                } else {
                    out.put(next == '+' ? (byte) ' ' : next);
                }
            }
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
