package dev.winnow.record;

import java.io.InputStream;
import java.util.HexFormat;

/// How a source is packed: told by its first bytes, never by its name.
public enum Compression {
    /// Text as it is.
    NONE("none"),
    /// RFC 1952, any number of members.
    GZIP("gzip"),
    /// RFC 8878, any number of frames.
    ZSTD("zstd");

    private final String code;

    Compression(String code) {
        this.code = code;
    }

    /// The stable word for this compression, as a receipt writes it.
    public String code() {
        return code;
    }

    static Compression of(byte[] head) {
        String start = HexFormat.of().formatHex(head);
        if (start.startsWith("1f8b")) {
            return GZIP;
        }
        // Parallel compressors put a skippable frame (5? 2a 4d 18) before the data.
        boolean skippableFrame = start.startsWith("5") && start.startsWith("2a4d18", 2);
        return skippableFrame || start.startsWith("28b52ffd") ? ZSTD : NONE;
    }

    InputStream unpack(InputStream packed, ReadLimits limits) {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GzipStream(packed, limits);
            case ZSTD -> new ZstdStream(packed, limits);
        };
    }
}
