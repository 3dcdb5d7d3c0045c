package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names and cells that mean something to another program than Winnow: here they mean nothing.
final class OddInputTest {

    private final Site site = new Site();

    @ParameterizedTest
    @MethodSource
    void aFileOfAnyNameIsCommittedUnderKeysThatS3Takes(String key) {
        byte[] content = Site.FIRST.getBytes(StandardCharsets.UTF_8);
        SourceFile file = site.bucket.put(Site.BUCKET, key, content);

        assertThat(site.deliver(file)).isInstanceOf(Taken.Committed.class);

        Receipt receipt = site.receipt(file, 1).orElseThrow();
        assertThat(receipt.key()).isEqualTo(key);
        assertThat(receipt.records().read()).isEqualTo(4);
        assertThat(site.bucket.read(receipt.backup())).contains(content);
        String name = receipt.backup().substring(receipt.backup().lastIndexOf('/') + 1);
        assertThat(file.baseName()).startsWith(name);
        assertThat(site.bucket.keys())
                .hasSize(4)
                .doesNotContain(key)
                .allMatch(it -> it.getBytes(StandardCharsets.UTF_8).length <= 1024);
        assertThat(site.deliver(file)).isInstanceOf(Taken.AlreadyCommitted.class);
    }

    static Stream<String> aFileOfAnyNameIsCommittedUnderKeysThatS3Takes() {
        String folder = "incoming/people/";
        return Stream.of(
                        "../../../etc/passwd",
                        "..",
                        ".",
                        "./a.csv",
                        ".hidden",
                        "/a.csv",
                        "a//b///c.csv",
                        "a\u0000b\u0001c\u001b[31m\u007f.csv",
                        "a\r\nb\tc.csv",
                        "\uFFFE\uFFFF\u2028\u202E.csv",
                        "😀é e\u0301.csv",
                        "%2e%2e%2f+%.csv",
                        "<a href=\"x\">&amp;'.csv",
                        "=cmd|'/c calc'!A1.csv",
                        "x".repeat(1024 - folder.length()),
                        "2026/" + "😀".repeat(250) + "x")
                .map(name -> folder + name);
    }

    /// Data is the sender's and goes on as it came; a spreadsheet is told in the docs to import it as text.
    @ParameterizedTest
    @ValueSource(strings = {"=cmd|'/c calc'!A1", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=\"a\",b", "'=1"})
    void aCellThatASpreadsheetWouldRunIsCarriedThroughAsItCame(String cell) {
        String quoted = '"' + cell.replace("\"", "\"\"") + '"';
        site.deliver(site.drop("name,age," + quoted + "\nAda,36," + quoted + "\nBlaise,12," + quoted + "\n"));

        assertThat(rows(Outcome.SUCCESSFUL)).containsExactly(List.of("person", cell), List.of("Ada", cell));
        assertThat(rows(Outcome.UNSUCCESSFUL))
                .extracting(row -> row.subList(1, row.size()))
                .containsExactly(
                        List.of("codes", "reasons", "name", "age", cell),
                        List.of("age.under", "too young", "Blaise", "12", cell));
    }

    private List<List<String>> rows(Outcome outcome) {
        return CsvReader.builder().ofCsvRecord(site.outputs(outcome)).stream()
                .map(CsvRecord::getFields)
                .toList();
    }
}
