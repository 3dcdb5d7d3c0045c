package dev.winnow.record;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A kind of file that people drop by mistake, known by bytes that no CSV file has at that place.
enum ForeignFormat {
    ZIP(Reason.COMPRESSION_UNSUPPORTED, "a zip archive or an Excel workbook (.xlsx)", "504b0304"),
    EMPTY_ZIP(Reason.COMPRESSION_UNSUPPORTED, "a zip archive without files", "504b0506"),
    BZIP2(Reason.COMPRESSION_UNSUPPORTED, "bzip2", "314159265359", 4),
    XZ(Reason.COMPRESSION_UNSUPPORTED, "xz", "fd377a585a00"),
    LZ4(Reason.COMPRESSION_UNSUPPORTED, "lz4", "04224d18"),
    SEVEN_ZIP(Reason.COMPRESSION_UNSUPPORTED, "a 7z archive", "377abcaf271c"),
    RAR(Reason.COMPRESSION_UNSUPPORTED, "a rar archive", "526172211a07"),
    COMPRESS(Reason.COMPRESSION_UNSUPPORTED, "compress (.Z)", "1f9d"),
    SNAPPY(Reason.COMPRESSION_UNSUPPORTED, "snappy", "ff060000734e61507059"),
    TAR(Reason.COMPRESSION_UNSUPPORTED, "a tar archive", "757374617200", 257),
    GNU_TAR(Reason.COMPRESSION_UNSUPPORTED, "a tar archive", "7573746172202000", 257),
    PDF(Reason.CSV_MALFORMED, "a PDF document", "255044462d"),
    OLE(Reason.CSV_MALFORMED, "an old Excel workbook (.xls)", "d0cf11e0a1b11ae1"),
    PARQUET(Reason.CSV_MALFORMED, "a Parquet file", "5041523115"),
    AVRO(Reason.CSV_MALFORMED, "an Avro file", "4f626a01"),
    SQLITE(Reason.CSV_MALFORMED, "an SQLite database", "53514c69746520666f726d6174203300"),
    PGP(Reason.CSV_MALFORMED, "an encrypted PGP message", "2d2d2d2d2d424547494e20504750");

    /// As many bytes from the start as it takes to know each of them.
    static final int HEAD = 512;

    private final Reason reason;
    private final String what;
    private final String signature;
    private final int offset;

    ForeignFormat(Reason reason, String what, String signature) {
        this(reason, what, signature, 0);
    }

    ForeignFormat(Reason reason, String what, String signature, int offset) {
        this.reason = reason;
        this.what = what;
        this.signature = signature;
        this.offset = offset;
    }

    static Optional<ForeignFormat> of(byte[] head) {
        String start = HexFormat.of().formatHex(head);
        return Arrays.stream(values())
                .filter(format -> start.startsWith(format.signature, 2 * format.offset))
                .findFirst();
    }

    PoisonFileException refusal() {
        return new PoisonFileException(
                reason,
                "Cannot read the file as CSV: it looks like " + what
                        + "; send CSV text as it is, or packed by gzip or zstd");
    }
}
