package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.winnow.record.SourceRecord.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one program writes, this one reads.
final class RoundTripTest {

    private static final List<String> PIECES = List.of(
            "a", "Z", "7", " ", ",", "\"", "\"\"", "\n", "\r", "\r\n", ";", "\t", "'", "é", "€", "😀", "\uFEFF",
            "\u2028");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void recordsComeBackAsTheyWereWritten(long seed) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(6);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            rows.add(IntStream.range(0, width).mapToObj(_ -> value(random)).toList());
        }
        for (LineDelimiter delimiter : List.of(LineDelimiter.LF, LineDelimiter.CRLF, LineDelimiter.CR)) {
            for (Compression compression : Compression.values()) {
                byte[] source = Packing.pack(
                        compression, written(rows, width, delimiter).getBytes(StandardCharsets.UTF_8));
                assertThat(Reading.all(new ByteArrayInputStream(source)))
                        .as("seed %d, %s, %s", seed, delimiter, compression)
                        .extracting(record -> ((Row) record).values())
                        .isEqualTo(rows);
            }
        }
    }

    private static String written(List<List<String>> rows, int width, LineDelimiter delimiter) {
        StringWriter text = new StringWriter();
        // Quotes around what is empty, as a line of one empty value would be a blank line.
        CsvWriter.CsvWriterBuilder csv =
                CsvWriter.builder().lineDelimiter(delimiter).quoteStrategy(QuoteStrategies.EMPTY);
        try (CsvWriter writer = csv.build(text)) {
            writer.writeRecord(
                    IntStream.range(0, width).mapToObj(i -> "column" + i).toList());
            rows.forEach(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String value(Random random) {
        StringBuilder value = new StringBuilder();
        int pieces = random.nextInt(100) == 0 ? 5000 : random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            value.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return value.toString();
    }
}
