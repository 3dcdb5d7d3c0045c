package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CsvRowsTest {

    private static final List<String> PIECES = List.of(
            "",
            "a",
            "Ada Lovelace",
            "ä",
            "€",
            "名前",
            "\uD83D\uDC1D",
            "\uD83D",
            "\uDC1D",
            "\"",
            ",",
            "\n",
            "\r",
            "\r\n",
            "#",
            " ",
            "\t",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\uffff",
            "\u0000",
            "=1+1",
            "x".repeat(70_000));

    /// Rows are the same bytes that FastCSV and Java's own encoder make of them.
    @Test
    void rowsAreThoseOfAnotherWriter() throws IOException {
        long seed = 20_261_124L;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            CsvRows rows = new CsvRows();
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            CsvWriter writer =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(expected);
            int count = random.nextInt(20);
            for (int i = 0; i < count; i++) {
                List<String> values = values(random);
                if (values.size() > 1 && random.nextBoolean()) {
                    rows.field(values.getFirst());
                    rows.encodedFields(CsvRows.encoded(values.subList(1, values.size())));
                    rows.endRow();
                } else {
                    rows.row(values);
                }
                writer.writeRecord(values);
            }
            writer.flush();

            assertThat(bytes(rows)).as("seed %d, round %d", seed, round).isEqualTo(expected.toByteArray());
            assertThat(rows.rows()).isEqualTo(count);
        }
    }

    @Test
    void aHashIsQuotedOnlyWhereARowStartsWithIt() throws IOException {
        assertThat(text(new CsvRows().row(List.of("#1", "#2")).row(List.of("a#", "#"))))
                .isEqualTo("\"#1\",#2\na#,#\n");
    }

    @Test
    void writingTwiceWritesTheSame() throws IOException {
        CsvRows rows = new CsvRows().row(List.of("a", "b"));

        assertThat(text(rows)).isEqualTo("a,b\n").isEqualTo(text(rows));
    }

    private static List<String> values(Random random) {
        List<String> values = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            StringBuilder value = new StringBuilder();
            for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
                // The long one is the last, and rare.
                int most = random.nextInt(100) == 0 ? PIECES.size() : PIECES.size() - 1;
                value.append(PIECES.get(random.nextInt(most)));
            }
            values.add(value.toString());
        }
        return values;
    }

    private static String text(CsvRows rows) throws IOException {
        return new String(bytes(rows), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(CsvRows rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rows.writeTo(bytes);
        return bytes.toByteArray();
    }
}
