package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.decision.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnnotationsTest {

    private static final Violation NAME = new Violation("name", "name.missing", "the name is empty");
    private static final Violation AGE = new Violation("age", "age.under", "under 18");

    private final Annotations annotations = new Annotations();

    @Test
    void codesAndReasonsAreJoinedInTheRulesOrder() {
        assertThat(written(NAME, AGE)).isEqualTo("name.missing; age.under,the name is empty; under 18");
    }

    @Test
    void aReasonIsQuotedWhereItMustBe() {
        Violation many = new Violation("", "record.width", "the row has \"3\" fields, the header 4");

        assertThat(written(many)).isEqualTo("record.width,\"the row has \"\"3\"\" fields, the header 4\"");
    }

    @Test
    void everyRecordCounts() {
        annotations.of(List.of(NAME, AGE));
        annotations.of(List.of(AGE));
        annotations.of(List.of(NAME, AGE));
        assertThat(annotations.codes()).isEqualTo(Map.of("name.missing", 2L, "age.under", 3L));
    }

    @Test
    void countingStartsAnewWhenCleared() {
        annotations.of(List.of(NAME, AGE));
        annotations.clear();
        annotations.of(List.of(AGE));

        assertThat(annotations.codes()).isEqualTo(Map.of("age.under", 1L));
        assertThat(written(NAME)).isEqualTo("name.missing,the name is empty");
    }

    @Test
    void whatHasBeenPutTogetherIsNotKeptWithoutEnd() {
        for (int i = 0; i < 10_000; i++) {
            annotations.of(List.of(new Violation("", "record.width", "the row has " + i + " fields")));
            annotations.clear();
        }

        assertThat(annotations.kept()).isLessThan(1_000);
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
    void aReasonIsNoFormula(String reason, String harmless) {
        Violation broken = new Violation("age", "age.under", reason);

        String quoted = harmless.contains("\r") ? '"' + harmless + '"' : harmless;
        assertThat(written(broken)).isEqualTo("age.under," + quoted);
    }

    private String written(Violation... broken) {
        return new String(annotations.of(List.of(broken)).written(), StandardCharsets.UTF_8);
    }
}
