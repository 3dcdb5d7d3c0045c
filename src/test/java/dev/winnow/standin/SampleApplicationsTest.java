package dev.winnow.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.standin.SampleApplications.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleApplicationsTest {

    private static final long SEED = 7;
    private static final Pattern ADULT = Pattern.compile(".*(19\\d\\d|200[0-3]).*");

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        assertThat(applications(Form.PLAIN, 500, Long.MAX_VALUE))
                .isEqualTo(applications(Form.PLAIN, 500, Long.MAX_VALUE))
                .isNotEqualTo(text(new SampleApplications(Form.PLAIN, SEED + 1), 500, Long.MAX_VALUE));
    }

    @Test
    void aboutFifteenPercentKeepEveryRule() throws IOException {
        long kept = applications(Form.PLAIN, 20_000, Long.MAX_VALUE)
                .lines()
                .skip(1)
                .filter(SampleApplicationsTest::keepsTheRules)
                .count();

        assertThat(kept).isBetween(20_000L * 13 / 100, 20_000L * 17 / 100);
    }

    @Test
    void rowsAreCountedWithoutTheHeader() throws IOException {
        assertThat(applications(Form.PLAIN, 3, Long.MAX_VALUE).lines())
                .hasSize(4)
                .first()
                .isEqualTo("name,email,date_of_birth,mobile_no");
    }

    @Test
    void aSizeIsReachedAndPassedByLessThanARow() throws IOException {
        assertThat(applications(Form.PLAIN, Long.MAX_VALUE, 100_000).length()).isBetween(99_000, 100_200);
    }

    @Test
    void theWindowsFormHasAnUnknownColumnAndItsOwnLineEnds() throws IOException {
        String file = applications(Form.WINDOWS, 50, Long.MAX_VALUE);

        assertThat(file)
                .startsWith("name,email,date_of_birth,mobile_no,referred_by\r\n")
                .endsWith("\r\n");
        assertThat(file.replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void furtherColumnsStandBehindTheOthers() throws IOException {
        String file = text(new SampleApplications(Form.PLAIN, SEED, 16), 500, Long.MAX_VALUE);

        assertThat(file)
                .startsWith("name,email,date_of_birth,mobile_no,note_1,")
                .contains(",note_16\n");
        assertThat(file.lines().filter(row -> !row.contains("\"") && !row.contains("field too many")))
                .isNotEmpty()
                .allMatch(row -> row.split(",", -1).length == 20);
    }

    @Test
    void severalFilesAreEachOfASeedOfTheirOwn(@TempDir Path folder) throws IOException {
        SampleApplications.main(
                new String[] {"--files", "2", "--into", folder.toString(), "--rows", "50", "--seed", "7"});

        assertThat(folder.resolve("0000.csv")).hasContent(applications(Form.PLAIN, 50, Long.MAX_VALUE));
        assertThat(folder.resolve("0001.csv"))
                .hasContent(text(new SampleApplications(Form.PLAIN, SEED + 1), 50, Long.MAX_VALUE));
    }

    /// The membership rules in rough: near enough to tell the mix, and no second implementation of them.
    private static boolean keepsTheRules(String row) {
        String[] fields = row.split(",", -1);
        return fields.length == 4
                && !fields[0].isBlank()
                && fields[1].matches(".+@.+\\.(com|net)")
                && fields[2].matches("[0-9/-]{10}")
                && ADULT.matcher(fields[2]).matches()
                && fields[3].replace(" ", "").matches("[0-9]{8}");
    }

    private static String applications(Form form, long rows, long bytes) throws IOException {
        return text(new SampleApplications(form, SEED), rows, bytes);
    }

    private static String text(SampleApplications applications, long rows, long bytes) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        applications.write(file, rows, bytes);
        return file.toString(StandardCharsets.UTF_8);
    }
}
