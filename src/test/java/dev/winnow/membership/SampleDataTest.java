package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.winnow.decision.Decision;
import dev.winnow.decision.Judge;
import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The contract's sample files, which are not part of this repository: the variable names the folder that has them.
@EnabledIfEnvironmentVariable(named = "WINNOW_SAMPLE_DATA", matches = ".+")
final class SampleDataTest {

    @Test
    void sampleFilesGiveTheContractsCounts() throws IOException {
        int accepted = 0;
        int rejected = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(System.getenv("WINNOW_SAMPLE_DATA")), "*.csv")) {
            for (Path file : files) {
                try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(file)) {
                    var row = rows.iterator();
                    Judge judge = MembershipRules.byDefault()
                            .judge(new Header(row.next().getFields()));
                    while (row.hasNext()) {
                        CsvRecord next = row.next();
                        switch (judge.decide(new SourceRecord.Row(next.getStartingLineNumber(), next.getFields()))) {
                            case Decision.Accepted _ -> accepted++;
                            case Decision.Rejected _ -> rejected++;
                            case Decision.Unreadable _ -> throw new AssertionError("No row was unreadable");
                        }
                    }
                }
            }
        }
        assertThat(accepted).isEqualTo(706);
        assertThat(rejected).isEqualTo(4_293);
    }
}
