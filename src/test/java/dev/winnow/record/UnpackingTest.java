package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Packed sources: every byte of them is read, or the file is refused; never something between.
final class UnpackingTest {

    private static final long SEED = 20260131;
    private static final int LINES = 30;

    private final Random random = new Random(SEED);
    private final byte[] first = text("name,note\n", LINES);
    private final byte[] second = text("", LINES);
    private final List<SourceRecord> records = Reading.all(new ByteArrayInputStream(Packing.join(first, second)));

    @ParameterizedTest
    @EnumSource
    void compressionIsToldByTheFirstBytes(Compression compression) {
        byte[] packed = Packing.pack(compression, first);
        try (RecordReader reader = RecordReader.open(new ByteArrayInputStream(packed), List.of(), Limits.DEFAULT)) {
            assertThat(reader.compression()).isEqualTo(compression);
            assertThat(Reading.rest(reader)).isEqualTo(records.subList(0, LINES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinedFilesAreReadToTheEndHoweverTheBytesCome(Compression compression) {
        byte[] packed = Packing.join(Packing.pack(compression, first), Packing.pack(compression, second));
        assertThat(Reading.all(ChunkedSource.everyByteAlone(packed))).isEqualTo(records);
        for (int place = 1; place < packed.length; place++) {
            assertThat(Reading.all(ChunkedSource.splitAt(packed, place)))
                    .as("split at %d", place)
                    .isEqualTo(records);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void cutFileIsRefusedWhereverItWasCut(Compression compression) {
        byte[] one = Packing.pack(compression, first);
        byte[] packed = Packing.join(one, Packing.pack(compression, second));
        for (int length = 4; length < packed.length; length++) {
            if (length == one.length) {
                continue; // A whole file of its own.
            }
            PoisonFileException refusal = Reading.refusal(new ByteArrayInputStream(packed, 0, length));
            assertThat(refusal.reason()).as("cut to %d bytes", length).isEqualTo(Reason.COMPRESSION_CORRUPT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void anythingBehindTheDataIsRefused(Compression compression) {
        byte[] one = Packing.pack(compression, first);
        for (String tail : new String[] {"00", "0000000000000000", "1f", "28b5", "6e616d652c6e6f7465"}) {
            byte[] packed = Packing.join(one, HexFormat.of().parseHex(tail));
            assertThat(Reading.refusal(new ByteArrayInputStream(packed)).reason())
                    .as("followed by %s", tail)
                    .isEqualTo(Reason.COMPRESSION_CORRUPT);
        }
    }

    @Test
    void flippedBitOfGzipNeverGivesOtherRecords() {
        byte[] packed = Packing.pack(Compression.GZIP, first);
        int refused = 0;
        for (int bit = 0; bit < packed.length * 8; bit++) {
            byte[] damaged = packed.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(Reading.all(new ByteArrayInputStream(damaged)))
                        .as("bit %d flipped", bit)
                        .isEqualTo(records.subList(0, LINES));
            } catch (PoisonFileException e) {
                refused++;
            }
        }
        // The header's time and the unused bits behind the deflated data may be anything.
        assertThat(refused).isGreaterThan((packed.length - 10) * 8 - 8);
    }

    @Test
    void gzipHeaderMayHaveEveryOptionalPart() {
        byte[] plain = Packing.pack(Compression.GZIP, first);
        byte[] header = Packing.join(
                HexFormat.of().parseHex("1f8b081e0000000000ff" + "0300aabbcc"),
                "members.csv\0a comment\0".getBytes(StandardCharsets.ISO_8859_1));
        CRC32 crc = new CRC32();
        crc.update(header);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
        assertThat(Reading.all(new ByteArrayInputStream(Packing.join(header, checksum, body))))
                .isEqualTo(records.subList(0, LINES));
        checksum[0]++;
        assertThat(Reading.refusal(new ByteArrayInputStream(Packing.join(header, checksum, body)))
                        .detail())
                .contains("the checksum of its header is wrong");
    }

    @Test
    void skippableFrameOfZstdIsPassedOver() {
        byte[] skippable = HexFormat.of().parseHex("5e2a4d1803000000aabbcc");
        byte[] packed = Packing.join(skippable, Packing.pack(Compression.ZSTD, first), skippable);
        assertThat(Reading.all(ChunkedSource.everyByteAlone(packed))).isEqualTo(records.subList(0, LINES));
    }

    @Test
    void windowOfZstdOverTheLimitIsRefusedAsALimit() {
        // A frame header that asks for a window of 2 GiB.
        byte[] packed = HexFormat.of().parseHex("28b52ffd00a8010000");
        PoisonFileException refusal = Reading.refusal(new ByteArrayInputStream(packed));
        assertThat(refusal.reason()).isEqualTo(Reason.COMPRESSION_LIMIT);
        assertThat(refusal.detail()).contains("128 MiB");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void fileOfNothingIsEmptyWhenPackedToo(Compression compression) {
        byte[] packed = Packing.pack(compression, new byte[0]);
        assertThat(Reading.refusal(new ByteArrayInputStream(packed)).reason()).isEqualTo(Reason.FILE_EMPTY);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void fileThatIsPackedTwiceIsRefused(Compression compression) {
        byte[] twice = Packing.pack(compression, Packing.pack(Compression.GZIP, first));
        PoisonFileException refusal = Reading.refusal(new ByteArrayInputStream(twice));
        assertThat(refusal.reason()).isEqualTo(Reason.COMPRESSION_UNSUPPORTED);
        assertThat(refusal.detail()).contains("packed twice");
    }

    /// Lines with little to squeeze out, characters of several bytes and line ends inside quotes.
    private byte[] text(String start, int lines) {
        StringBuilder text = new StringBuilder(start);
        for (int i = 0; i < lines; i++) {
            text.append(Long.toString(random.nextLong(), 36))
                    .append(",\"é€😀\r\n")
                    .append(random.nextInt())
                    .append("\"\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
