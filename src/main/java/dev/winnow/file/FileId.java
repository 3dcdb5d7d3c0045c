package dev.winnow.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The identity of a file: the first 24 hexadecimal digits of SHA-256 over bucket, key, ETag and size.
///
/// An event alone is enough to compute it, so a duplicate event, a retried upload, a redrive and a sweep all
/// mean the same file.
public record FileId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");

    @JsonCreator
    public FileId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Cannot use as a file id: not 24 lower-case hexadecimal digits");
        }
    }

    /// The id that a text is, if it is one.
    public static Optional<FileId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new FileId(text)) : Optional.empty();
    }

    static FileId of(String bucket, String key, String eTag, long size) {
        byte[] digest = Sha256.digest().digest(SourceFile.canonical(bucket, key, eTag, size));
        return new FileId(HexFormat.of().formatHex(digest, 0, 12));
    }

    @Override
    public String toString() {
        return value;
    }
}
