package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.ThreadMXBean;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.SourceRecord.Row;
import dev.winnow.record.SourceRecord.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files made to fill the memory, or to work without end.
final class LimitsTest {

    private static final long MIB = 1024 * 1024;
    private static final int HUGE = 200 * 1024 * 1024;

    @Test
    void recordOfTheLongestLengthIsRead() {
        String source = "a,b\n12345,6789\n12345,67890\n";
        assertThat(Reading.all(Reading.utf8(source), Limits.DEFAULT.longestRecord(10)))
                .containsExactly(
                        new Row(2, List.of("12345", "6789")),
                        new Unreadable(3, "record.too-long", "The record is longer than 10 characters"));
    }

    @Test
    void recordOfTheMostFieldsIsRead() {
        String source = "a,b,c\n1,2,3\n1,2,3,4\n,,,,,,,,\n5,6,7\n";
        String message = "The record has more than 3 fields";
        assertThat(Reading.all(Reading.utf8(source), Limits.DEFAULT.mostFields(3)))
                .containsExactly(
                        new Row(2, List.of("1", "2", "3")),
                        new Unreadable(3, "record.too-many-fields", message),
                        new Unreadable(4, "record.too-many-fields", message),
                        new Row(5, List.of("5", "6", "7")));
    }

    @Test
    void fieldOfTheLongestLengthIsReadEvenWhenItIsAllQuotes() {
        int longest = 100_000;
        String source = "a\n\"" + "\"\"".repeat(longest) + "\"\n";
        assertThat(Reading.all(Reading.utf8(source), Limits.DEFAULT.longestRecord(longest)))
                .containsExactly(new Row(2, List.of("\"".repeat(longest))));
    }

    @Test
    void fieldOverTheLimitWhoseEndIsFoundLeavesTheFileReadable() {
        String source = "a,b\n1,\"" + "x\n".repeat(75_000) + "\"\n3,4\n";
        assertThat(Reading.all(Reading.utf8(source), Limits.DEFAULT.longestRecord(100_000)))
                .containsExactly(
                        new Unreadable(2, "record.too-long", "The record is longer than 100000 characters"),
                        new Row(75_003, List.of("3", "4")));
    }

    @Test
    void headerOverTheLimitsIsRefused() {
        PoisonFileException wide = Reading.refusal(Reading.utf8("\na,b,c,d\n"), Limits.DEFAULT.mostFields(3));
        assertThat(wide.reason()).isEqualTo(Reason.CSV_MALFORMED);
        assertThat(wide.detail()).isEqualTo("Cannot read the header on line 2: The record has more than 3 fields");
        assertThat(Reading.refusal(Reading.utf8("abcdef\n"), Limits.DEFAULT.longestRecord(5))
                        .reason())
                .isEqualTo(Reason.CSV_MALFORMED);
    }

    @Test
    void hugeRecordOfManyFieldsIsPassedOverAndNeverHeld() {
        long before = allocated();
        List<SourceRecord> records =
                Reading.all(new GeneratedSource("a,b\n1,2\n", "x,".repeat(4096), HUGE / 8192, "\n3,4\n"));
        assertThat(records)
                .containsExactly(
                        new Row(2, List.of("1", "2")),
                        new Unreadable(3, "record.too-many-fields", "The record has more than 1000 fields"),
                        new Row(4, List.of("3", "4")));
        assertThat(allocated() - before).isLessThan(20 * MIB);
    }

    @Test
    void fieldWithoutEndIsRefusedAndNeverHeld() {
        for (String quote : new String[] {"", "\""}) {
            GeneratedSource source =
                    new GeneratedSource("a,b\n1,2\n3," + quote, "x y ".repeat(2048), HUGE / 8192, "\n");
            long before = allocated();
            PoisonFileException refusal = Reading.refusal(source);
            assertThat(refusal.reason()).isEqualTo(Reason.CSV_MALFORMED);
            assertThat(refusal.detail())
                    .isEqualTo("Cannot read the record that starts on line 3 as CSV: a field is longer than 1048576"
                            + " characters and no end is in sight; is a quote unclosed?");
            assertThat(source.position()).isLessThan(4 * MIB);
            assertThat(allocated() - before).isLessThan(20 * MIB);
        }
    }

    @Test
    void fieldWithoutEndIsRefusedWhateverTheLimit() {
        for (int longest = 1; longest < 70_000; longest += 1009) {
            Limits limits = Limits.DEFAULT.longestRecord(longest);
            GeneratedSource source = new GeneratedSource("a\n", "x".repeat(1000), 1000, "\n");
            assertThat(Reading.refusal(source, limits).detail())
                    .as("longest record %d", longest)
                    .contains("a field is longer than " + longest + " characters");
            String twice = "a\n" + "x".repeat(2 * longest) + "\n1\n";
            assertThat(Reading.all(Reading.utf8(twice), limits))
                    .as("longest record %d", longest)
                    .extracting(SourceRecord::line)
                    .containsExactly(2L, 3L);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void bombIsRefusedSoonAfterItStartsToSwell(Compression compression) throws IOException {
        InputStream bomb = bomb(compression);
        long before = allocated();
        PoisonFileException refusal = Reading.refusal(bomb);
        assertThat(refusal.reason()).isEqualTo(Reason.COMPRESSION_LIMIT);
        assertThat(refusal.detail()).contains("250 times its size").contains("winnow.reading.highest-ratio");
        // What comes out before the ratio is judged is made into records, but no more than that.
        assertThat(allocated() - before).isLessThan(150 * MIB);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void fileThatInflatesOverTheSizeLimitIsRefused(Compression compression) throws IOException {
        Limits limits = Limits.DEFAULT.highestRatio(1_000_000).largestInflated(20 * MIB);
        PoisonFileException refusal = Reading.refusal(bomb(compression), limits);
        assertThat(refusal.reason()).isEqualTo(Reason.COMPRESSION_LIMIT);
        assertThat(refusal.detail()).contains("more than 20971520 bytes").contains("winnow.reading.largest-inflated");
    }

    @Test
    void smallFileMayInflateALot() throws IOException {
        byte[] packed = Packing.pack(
                Compression.ZSTD, new GeneratedSource("a,b\n", "x,y\n".repeat(1024), 3 * 1024, "").readAllBytes());
        assertThat(12 * MIB / packed.length).isGreaterThan(250);
        assertThat(Reading.all(new ByteArrayInputStream(packed))).hasSize((int) (3 * MIB));
    }

    /// A hundred megabytes of one row over and over, in some 100 KB or less.
    private static InputStream bomb(Compression compression) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                compression == Compression.GZIP ? new GZIPOutputStream(packed) : new ZstdOutputStream(packed)) {
            new GeneratedSource("a,b\n", "x".repeat(50_000) + "," + "y".repeat(50_000) + "\n", 1000, "")
                    .transferTo(out);
        }
        return new ByteArrayInputStream(packed.toByteArray());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
