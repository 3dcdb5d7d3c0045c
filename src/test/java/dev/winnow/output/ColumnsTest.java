package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.record.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnsTest {

    private static final List<String> REQUIRED = List.of("name", "age");
    private static final List<String> DERIVED = List.of("id", "name", "adult");

    @Test
    void aFileOfJustTheRequiredColumnsGivesTheDerivedOnes() {
        Columns columns = columns("name", "age");

        assertThat(columns.successful()).isEqualTo(DERIVED);
        assertThat(columns.successful(List.of("1", "Ada", "true"), List.of("ada", "36")))
                .containsExactly("1", "Ada", "true");
        assertThat(columns.unsuccessful()).containsExactly("line", "codes", "reasons", "name", "age");
        assertThat(columns.unsuccessful(7, "age.under", "too young", List.of("ada", "3")))
                .containsExactly("7", "age.under", "too young", "ada", "3");
    }

    @Test
    void unknownColumnsAreCarriedThroughInTheirOrder() {
        Columns columns = columns("city", " Name ", "note", "AGE", "Team");

        assertThat(columns.successful()).containsExactly("id", "name", "adult", "city", "note", "Team");
        assertThat(columns.successful(List.of("1", "Ada", "true"), List.of("London", "ada", "n", "36", "blue")))
                .containsExactly("1", "Ada", "true", "London", "n", "blue");
        assertThat(columns.unsuccessful())
                .containsExactly("line", "codes", "reasons", "city", " Name ", "note", "AGE", "Team");
    }

    @Test
    void anUnknownColumnThatIsNamedAsADerivedOneIsTold() {
        Columns columns = columns("id", "name", "age", " Adult");

        assertThat(columns.successful()).containsExactly("id", "name", "adult", "source_id", "source_ Adult");
        assertThat(columns.successful(List.of("1", "Ada", "true"), List.of("9", "ada", "36", "no")))
                .containsExactly("1", "Ada", "true", "9", "no");
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
        assertThat(columns.successful(
                        List.of("1", "Ada", "true"), List.of("7", "age.under", "too young", "ada", "36", "London")))
                .containsExactly("1", "Ada", "true", "London");
        assertThat(columns.unsuccessful()).containsExactly("line", "codes", "reasons", "name", "age", "city");
        assertThat(columns.unsuccessful(2, "age.under", "too young", List.of("7", "c", "r", "ada", "3", "London")))
                .containsExactly("2", "age.under", "too young", "ada", "3", "London");
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

        assertThat(columns.unsuccessful(7, "c", "r", List.of("ada", "36", "surplus", "more")))
                .containsExactly("7", "c", "r", "ada", "36", "surplus", "more");
        assertThat(columns.unsuccessful(7, "c", "r", List.of("ada"))).containsExactly("7", "c", "r", "ada");
        assertThat(columns.unsuccessful(7, "c", "r", List.of())).containsExactly("7", "c", "r");
    }

    @Test
    void aRaggedRowOfARejectFileIsNeverCutInItsOwnValues() {
        Columns columns = columns("line", "codes", "reasons", "name", "age");

        assertThat(columns.unsuccessful(2, "c", "r", List.of("7", "x"))).containsExactly("2", "c", "r");
        assertThat(columns.unsuccessful(2, "c", "r", List.of("7", "x", "y", "ada")))
                .containsExactly("2", "c", "r", "ada");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    too young,      too young
                    =1+1,           '''=1+1'
                    +1,             '''+1'
                    -1,             '''-1'
                    @sum,           '''@sum'
                    '\tx',          '''\tx'
                    '\rx',          '''\rx'
                    a=b,            a=b
                    '',             ''
                    """)
    void aReasonIsNoFormulaAndAValueIsAsItCame(String reason, String written) {
        List<String> row = columns("name", "age").unsuccessful(7, "c", reason, List.of("=1+1", "-3"));

        assertThat(row).containsExactly("7", "c", written, "=1+1", "-3");
    }

    private static Columns columns(String... header) {
        return new Columns(new Header(List.of(header)), REQUIRED, DERIVED);
    }
}
