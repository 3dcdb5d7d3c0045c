package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.SourceRecord.Row;
import dev.winnow.record.SourceRecord.Unreadable;
import dev.winnow.record.SourceRecord.WrongWidth;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What holds for any bytes that are read as a file; a fuzzer calls it with bytes of its own making.
///
/// A reading ends behind the last record or with the file's refusal, in bounded memory, and no refusal quotes the
/// file. It is a function of the bytes alone, whatever the pieces in which they come, and of the text alone, however
/// it is packed.
public final class SourceTarget {

    private static final List<String> REQUIRED = List.of("a", "b");
    private static final Limits LIMITS =
            Limits.DEFAULT.longestRecord(1000).mostFields(20).largestInflated(256 * 1024);

    /// Some 30 MB of records come of the most that the limits let through; what is thrown away may be several times
    /// more.
    private static final long MOST_ALLOCATED = 128L * 1024 * 1024;

    /// Texts this long are in a file and in a refusal only where the one was taken from the other.
    private static final int QUOTATION = 10;

    private record Outcome(Optional<Header> header, List<SourceRecord> records, Optional<Refusal> refusal) {}

    private record Refusal(Reason reason, String detail) {}

    private SourceTarget() {}

    /// The name by which fuzzers of libFuzzer's family know what to call.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Outcome whole = read(() -> new ByteArrayInputStream(bytes));
        check(whole, bytes);
        boolean packed = Compression.of(bytes) != Compression.NONE;
        for (int chunk : new int[] {1, 7, 8192}) {
            Outcome chunked = read(() -> ChunkedSource.inChunksOf(chunk, bytes));
            if (packed && whole.refusal().isPresent()) {
                // What a decoder gives before it tells of damage depends on how much it was handed.
                assertThat(chunked.refusal()).as("in chunks of %d", chunk).isPresent();
            } else {
                assertThat(chunked).as("in chunks of %d", chunk).isEqualTo(whole);
            }
        }
        if (!packed && bytes.length <= LIMITS.largestInflated().asLongValue()) {
            for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
                byte[] small = Packing.pack(compression, bytes);
                assertThat(read(() -> new ByteArrayInputStream(small)))
                        .as("packed by %s", compression)
                        .isEqualTo(whole);
            }
        }
    }

    /// Reads in bounded memory. A first reading may load classes too, so one that takes too much is tried again.
    private static Outcome read(Supplier<InputStream> source) {
        for (boolean again = false; ; again = true) {
            long before = allocated();
            Outcome outcome = read(source.get());
            long taken = allocated() - before;
            if (taken < MOST_ALLOCATED) {
                return outcome;
            }
            assertThat(again).as("a reading allocates %d bytes", taken).isFalse();
        }
    }

    private static Outcome read(InputStream source) {
        Optional<Header> header = Optional.empty();
        List<SourceRecord> records = new ArrayList<>();
        Optional<Refusal> refusal = Optional.empty();
        try (RecordReader reader = RecordReader.open(source, REQUIRED, LIMITS)) {
            header = Optional.of(reader.header());
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        } catch (PoisonFileException e) {
            refusal = Optional.of(new Refusal(e.reason(), e.detail()));
        }
        return new Outcome(header, records, refusal);
    }

    private static void check(Outcome outcome, byte[] bytes) {
        assertThat(outcome.header().isPresent() || outcome.refusal().isPresent())
                .as("a file without a header is refused")
                .isTrue();
        outcome.header().ifPresent(header -> {
            assertThat(REQUIRED).allMatch(column -> header.indexOf(column) >= 0);
            assertThat(header.names()).hasSizeLessThanOrEqualTo(LIMITS.mostFields());
            checkRecords(outcome.records(), header.names().size());
        });
        outcome.refusal().ifPresent(refusal -> check(refusal, bytes));
    }

    private static void checkRecords(List<SourceRecord> records, int width) {
        long line = 1;
        for (SourceRecord record : records) {
            assertThat(record.line()).as("the line of %s", record).isGreaterThan(line);
            line = record.line();
            switch (record) {
                case Row(long _, List<String> values) -> {
                    assertThat(values).hasSize(width);
                    checkLimits(values);
                }
                case WrongWidth(long _, List<String> values) -> {
                    assertThat(values.size()).isNotEqualTo(width);
                    checkLimits(values);
                }
                case Unreadable(long _, String code, String _) ->
                    assertThat(code).isIn(Unreadable.TOO_LONG, Unreadable.TOO_MANY_FIELDS);
            }
        }
    }

    private static void checkLimits(List<String> values) {
        assertThat(values).isNotEmpty().hasSizeLessThanOrEqualTo(LIMITS.mostFields());
        int commas = values.size() - 1;
        assertThat(values.stream().mapToInt(String::length).sum() + commas).isLessThanOrEqualTo(LIMITS.longestRecord());
    }

    /// Only once the required columns are there may a refusal name some: those that stand twice.
    private static void check(Refusal refusal, byte[] bytes) {
        String detail = refusal.detail();
        assertThat(detail).startsWith("Cannot ").hasSizeLessThan(500);
        if (refusal.reason() != Reason.HEADER_DUPLICATE) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (int i = 0; i + QUOTATION <= detail.length(); i++) {
                assertThat(text.contains(detail.substring(i, i + QUOTATION)))
                        .as("the refusal quotes the file: %s", detail)
                        .isFalse();
            }
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
