package dev.winnow.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.SourceRecord.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that nobody has by accident: each is refused for what it is, after no more memory than any file takes.
final class HostileFileTest {

    private static final long MIB = 1024 * 1024;
    private static final int HUNDRED_MB = 100_000_000;

    record Hostile(String title, InputStream source, Reason reason, String detail) {

        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource
    void hostileFileIsRefusedAndNeverHeld(Hostile file) {
        long before = allocated();
        PoisonFileException refusal = Reading.refusal(file.source());
        assertThat(allocated() - before).as("bytes allocated").isLessThan(30 * MIB);
        assertThat(refusal.reason()).isEqualTo(file.reason());
        assertThat(refusal.detail()).contains(file.detail());
    }

    static Stream<Hostile> hostileFileIsRefusedAndNeverHeld() {
        String piece = "x".repeat(10_000);
        return Stream.of(
                new Hostile(
                        "a million columns",
                        new GeneratedSource("a,b", ",column".repeat(1000), 1000, "\n1,2\n"),
                        Reason.CSV_MALFORMED,
                        "Cannot read the header on line 1: The record has more than 1000 fields"),
                new Hostile(
                        "a name of 100 MB",
                        new GeneratedSource("a,", piece, HUNDRED_MB / 10_000, "\n1,2\n"),
                        Reason.CSV_MALFORMED,
                        "a field is longer than 1048576 characters"),
                new Hostile(
                        "100 MB without a line end or a comma",
                        new GeneratedSource("", piece, HUNDRED_MB / 10_000, ""),
                        Reason.CSV_MALFORMED,
                        "a field is longer than 1048576 characters"),
                new Hostile(
                        "100 MB in quotes",
                        new GeneratedSource("a,b\n1,\"", piece, HUNDRED_MB / 10_000, "\"\n3,4\n"),
                        Reason.CSV_MALFORMED,
                        "a field is longer than 1048576 characters"),
                new Hostile(
                        "100 MB of quotes",
                        new GeneratedSource("a,b\n1,", "\"".repeat(10_000), HUNDRED_MB / 10_000, "\n"),
                        Reason.CSV_MALFORMED,
                        "a field is longer than 1048576 characters"),
                new Hostile(
                        "100 MB of blank lines",
                        new GeneratedSource("", "\n".repeat(10_000), HUNDRED_MB / 10_000, ""),
                        Reason.FILE_EMPTY,
                        "there is nothing in it"),
                new Hostile(
                        "a gzip header with a name of 100 MB",
                        behind("1f8b0808000000000003", new GeneratedSource("", piece, HUNDRED_MB / 10_000, "")),
                        Reason.COMPRESSION_CORRUPT,
                        "it ends early"),
                new Hostile(
                        "100 MB behind a gzip member",
                        behind(
                                HexFormat.of().formatHex(Packing.pack(Compression.GZIP, new byte[] {'a'})),
                                new GeneratedSource("", piece, HUNDRED_MB / 10_000, "")),
                        Reason.COMPRESSION_CORRUPT,
                        "something else follows the compressed data"),
                new Hostile(
                        "a gzip bomb of many members",
                        repeated(Packing.pack(Compression.GZIP, new byte[(int) MIB]), 100),
                        Reason.CSV_MALFORMED,
                        "NUL byte at offset 0"),
                new Hostile(
                        "a gzip bomb of many members without a line",
                        repeated(
                                Packing.pack(
                                        Compression.GZIP, " ".repeat((int) MIB).getBytes(UTF_8)),
                                100),
                        Reason.CSV_MALFORMED,
                        "a field is longer than 1048576 characters"),
                new Hostile(
                        "a zstd bomb of many frames",
                        repeated(
                                Packing.pack(
                                        Compression.ZSTD, "\n".repeat((int) MIB).getBytes(UTF_8)),
                                1000),
                        Reason.COMPRESSION_LIMIT,
                        "more than 250 times its size"),
                new Hostile(
                        "a zstd bomb within a zstd bomb",
                        new ByteArrayInputStream(Packing.pack(
                                Compression.ZSTD, Packing.pack(Compression.ZSTD, new byte[20 * (int) MIB]))),
                        Reason.COMPRESSION_UNSUPPORTED,
                        "packed twice"),
                new Hostile(
                        "a zstd frame to be skipped that says it is 4 GiB long",
                        behind("502a4d18ffffffff", new GeneratedSource("", piece, HUNDRED_MB / 10_000, "")),
                        Reason.COMPRESSION_CORRUPT,
                        "it ends early"));
    }

    @Test
    void largestWindowOfZstdTakesNoneOfTheHeap() {
        byte[] content = "a,b\n1,2\n".getBytes(UTF_8);
        // With a window of 128 MiB, and the content in one raw block.
        byte[] packed = Packing.join(HexFormat.of().parseHex("28b52ffd0088410000"), content);
        long before = allocated();
        assertThat(Reading.all(new ByteArrayInputStream(packed))).containsExactly(new Row(2, List.of("1", "2")));
        assertThat(allocated() - before).isLessThan(5 * MIB);
    }

    /// Overlong forms, halves of surrogate pairs, more than Unicode has, a tail without its head, and ends too early.
    @ParameterizedTest
    @CsvSource({
        "c0af, 6",
        "c180, 6",
        "e08080, 6",
        "f0808080, 6",
        "eda080, 6",
        "edbfbf, 6",
        "eda080edb080, 6",
        "f4908080, 6",
        "f8888080, 6",
        "ff, 6",
        "80, 6",
        "c3a980, 8",
        "c3, 6",
        "e282, 6",
        "f09f98, 6"
    })
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace(String hex, long offset) {
        byte[] odd = HexFormat.of().parseHex(hex);
        byte[] start = "a,b\n1,".getBytes(UTF_8);
        for (byte[] end : new byte[][] {{}, {'\n'}, {',', '2', '\n'}}) {
            PoisonFileException refusal = Reading.refusal(new ByteArrayInputStream(Packing.join(start, odd, end)));
            assertThat(refusal.reason()).isEqualTo(Reason.CHARSET_UNSUPPORTED);
            assertThat(refusal.detail()).contains("malformed at byte offset " + offset + ";");
        }
    }

    @Test
    void nulIsRefusedWhereverItStands() {
        byte[] file = "a,b\r\n\"1\",2\n3,4".getBytes(UTF_8);
        for (int place = 0; place <= file.length; place++) {
            byte[] odd =
                    Packing.join(Arrays.copyOf(file, place), new byte[1], Arrays.copyOfRange(file, place, file.length));
            PoisonFileException refusal = Reading.refusal(new ByteArrayInputStream(odd));
            assertThat(refusal.reason()).isEqualTo(Reason.CSV_MALFORMED);
            assertThat(refusal.detail()).contains("NUL byte at offset " + place + ",");
        }
    }

    private static InputStream behind(String hex, InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex)), rest);
    }

    private static InputStream repeated(byte[] piece, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(piece);
        }
        return new ByteArrayInputStream(all.toByteArray());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
