package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.decision.Violation;
import dev.winnow.record.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {

    private static final List<String> REQUIRED = List.of("name", "age");
    private static final List<String> DERIVED = List.of("id", "name", "adult");

    @Test
    void aFileOfJustTheRequiredColumnsGivesTheDerivedOnes() {
        Columns columns = columns("name", "age");

        assertThat(columns.successful()).isEqualTo(DERIVED);
        assertThat(successful(columns, List.of("1", "Ada", "true"), List.of("ada", "36")))
                .isEqualTo("1,Ada,true\n");
        assertThat(columns.unsuccessful()).containsExactly("line", "codes", "reasons", "name", "age");
        assertThat(unsuccessful(columns, 7, List.of("ada", "3"))).isEqualTo("7,age.under,too young,ada,3\n");
    }

    @Test
    void unknownColumnsAreCarriedThroughInTheirOrder() {
        Columns columns = columns("city", " Name ", "note", "AGE", "Team");

        assertThat(columns.successful()).containsExactly("id", "name", "adult", "city", "note", "Team");
        assertThat(successful(columns, List.of("1", "Ada", "true"), List.of("London", "ada", "n", "36", "blue")))
                .isEqualTo("1,Ada,true,London,n,blue\n");
        assertThat(columns.unsuccessful())
                .containsExactly("line", "codes", "reasons", "city", " Name ", "note", "AGE", "Team");
    }

    @Test
    void anUnknownColumnThatIsNamedAsADerivedOneIsTold() {
        Columns columns = columns("id", "name", "age", " Adult");

        assertThat(columns.successful()).containsExactly("id", "name", "adult", "source_id", "source_ Adult");
        assertThat(successful(columns, List.of("1", "Ada", "true"), List.of("9", "ada", "36", "no")))
                .isEqualTo("1,Ada,true,9,no\n");
    }

    @Test
    void noTwoColumnsOfTheSuccessfulOutputHaveOneName() {
        Columns columns = columns("id", "source_id", "name", "age");

        assertThat(columns.successful()).containsExactly("id", "name", "adult", "source_source_id", "source_id");
    }

    @Test
    void aRejectFileThatIsDroppedAgainLosesItsAnnotation() {
        Columns columns = columns("Line", "codes ", "reasons", "name", "age", "city");

        assertThat(columns.successful()).containsExactly("id", "name", "adult", "city");
        assertThat(successful(
                        columns,
                        List.of("1", "Ada", "true"),
                        List.of("7", "age.under", "too young", "ada", "36", "London")))
                .isEqualTo("1,Ada,true,London\n");
        assertThat(columns.unsuccessful()).containsExactly("line", "codes", "reasons", "name", "age", "city");
        assertThat(unsuccessful(columns, 2, List.of("7", "c", "r", "ada", "3", "London")))
                .isEqualTo("2,age.under,too young,ada,3,London\n");
    }

    @Test
    void theAnnotationsNamesElsewhereAreTheSendersOwn() {
        Columns columns = columns("name", "age", "line", "codes", "reasons");

        assertThat(columns.successful()).containsExactly("id", "name", "adult", "line", "codes", "reasons");
        assertThat(columns.unsuccessful())
                .containsExactly("line", "codes", "reasons", "name", "age", "line", "codes", "reasons");
    }

    @Test
    void aRaggedRowKeepsEveryValueThatItCameWith() {
        Columns columns = columns("name", "age");

        assertThat(unsuccessful(columns, 7, List.of("ada", "36", "surplus", "more")))
                .isEqualTo("7,age.under,too young,ada,36,surplus,more\n");
        assertThat(unsuccessful(columns, 7, List.of("ada"))).isEqualTo("7,age.under,too young,ada\n");
        assertThat(unsuccessful(columns, 7, List.of())).isEqualTo("7,age.under,too young\n");
    }

    @Test
    void aRaggedRowOfARejectFileIsNeverCutInItsOwnValues() {
        Columns columns = columns("line", "codes", "reasons", "name", "age");

        assertThat(unsuccessful(columns, 2, List.of("7", "x"))).isEqualTo("2,age.under,too young\n");
        assertThat(unsuccessful(columns, 2, List.of("7", "x", "y", "ada"))).isEqualTo("2,age.under,too young,ada\n");
    }

    private static String successful(Columns columns, List<String> derived, List<String> source) {
        CsvRows rows = new CsvRows();
        columns.writeSuccessful(derived, source, rows);
        return text(rows);
    }

    private static String unsuccessful(Columns columns, long line, List<String> source) {
        CsvRows rows = new CsvRows();
        Violation broken = new Violation("age", "age.under", "too young");
        columns.writeUnsuccessful(line, new Annotations().of(List.of(broken)), source, rows);
        return text(rows);
    }

    private static String text(CsvRows rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            rows.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Columns columns(String... header) {
        return new Columns(new Header(List.of(header)), REQUIRED, DERIVED);
    }
}
