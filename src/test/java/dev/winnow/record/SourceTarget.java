package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.SourceRecord.Row;
import dev.winnow.record.SourceRecord.Unreadable;
import dev.winnow.record.SourceRecord.WrongWidth;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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

    /// The library's codes of errors end below this one, ZSTD_error_maxCode.
    private static final int ZSTD_CODES = 120;

    private static final Set<String> WRITTEN_OUT = Set.of(
            "Cannot read the file: there is nothing in it",
            "Cannot unpack the file: it is packed twice; pack it once",
            "Cannot unpack the file: it inflates to more than # bytes (winnow.reading.largest-inflated)",
            "Cannot unpack the file: it inflates to more than # times its size (winnow.reading.highest-ratio)",
            "Cannot unpack the gzip file: it ends early",
            "Cannot unpack the gzip file: its compressed data is damaged",
            "Cannot unpack the gzip file: its compressed data asks for a dictionary",
            "Cannot unpack the gzip file: something else follows the compressed data",
            "Cannot unpack the gzip file: its compression method is unknown",
            "Cannot unpack the gzip file: its header has unknown flags",
            "Cannot unpack the gzip file: the checksum of its header is wrong",
            "Cannot unpack the gzip file: the checksum of its data is wrong",
            "Cannot unpack the gzip file: the length of its data is wrong",
            "Cannot unpack the zstd file: it ends early",
            "Cannot unpack the zstd file: its window is over # MiB; pack it with --long=# or without --long",
            "Cannot read the file as UTF-#: it is UTF-#; save it as UTF-#",
            "Cannot read the file as UTF-#: it looks like UTF-#; save it as UTF-#",
            "Cannot read the file as UTF-#: malformed at byte offset #; save it as UTF-#",
            "Cannot read the file as CSV: it has a NUL byte at offset #, so it is binary or damaged",
            "Cannot read the header on line #: The record has more than # fields",
            "Cannot read the header on line #: The record is longer than # characters",
            "Cannot read the record that starts on line # as CSV: a quote is opened and never closed",
            "Cannot read the record that starts on line # as CSV: a field is longer than # characters and no end is in"
                    + " sight; is a quote unclosed?",
            "Cannot read the record that starts on line # as CSV: characters stand between a closing quote and the"
                    + " next comma; is a quote not doubled?");

    /// All that a refusal may say, numbers aside: none of it is the file's.
    private static final Set<String> SENTENCES = Stream.of(
                    WRITTEN_OUT.stream(),
                    missingColumns(),
                    Arrays.stream(ForeignFormat.values())
                            .map(format -> format.refusal().detail()),
                    zstdErrors().map(error -> "Cannot unpack the zstd file: " + error))
            .flatMap(Function.identity())
            .map(SourceTarget::numberless)
            .collect(Collectors.toUnmodifiableSet());

    private record Outcome(Optional<Header> header, List<SourceRecord> records, Optional<Refusal> refusal) {}

    private record Refusal(Reason reason, String detail) {}

    private SourceTarget() {}

    /// The name by which fuzzers of libFuzzer's family know what to call.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Outcome whole = read(() -> new ByteArrayInputStream(bytes));
        check(whole);
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

    private static void check(Outcome outcome) {
        assertThat(outcome.header().isPresent() || outcome.refusal().isPresent())
                .as("a file without a header is refused")
                .isTrue();
        outcome.header().ifPresent(header -> {
            assertThat(REQUIRED).allMatch(column -> header.indexOf(column) >= 0);
            assertThat(header.names()).hasSizeLessThanOrEqualTo(LIMITS.mostFields());
            checkRecords(outcome.records(), header.names().size());
        });
        outcome.refusal().ifPresent(SourceTarget::check);
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

    /// A refusal says what is in the sentences and no more. Only once the required columns are there may one name some:
    /// those that stand twice.
    private static void check(Refusal refusal) {
        String detail = refusal.detail();
        if (refusal.reason() == Reason.HEADER_DUPLICATE) {
            assertThat(detail)
                    .startsWith("Cannot tell the columns apart: the header names more than once ")
                    .hasSizeLessThan(500);
        } else {
            assertThat(SENTENCES).contains(numberless(detail));
        }
    }

    private static Stream<String> missingColumns() {
        List<String> hints = List.of(
                "",
                "; the values seem to be separated by semicolons, and must be by commas",
                "; the values seem to be separated by tabs, and must be by commas");
        return Stream.of("a", "b", "a, b")
                .map(missing -> "Cannot find the required columns in the first row: missing " + missing)
                .flatMap(sentence -> hints.stream().map(sentence::concat));
    }

    private static Stream<String> zstdErrors() {
        return LongStream.range(1, ZSTD_CODES).mapToObj(code -> Zstd.getErrorName(-code));
    }

    private static String numberless(String sentence) {
        return sentence.replaceAll("[0-9]+", "#");
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
