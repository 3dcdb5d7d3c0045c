package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.decision.Violation;
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
        assertThat(annotations.of(List.of(NAME, AGE)).codes()).isEqualTo("name.missing; age.under");
        assertThat(annotations.of(List.of(NAME, AGE)).reasons()).isEqualTo("the name is empty; under 18");
    }

    @Test
    void everyRecordCounts() {
        annotations.of(List.of(NAME, AGE));
        annotations.of(List.of(AGE));
        annotations.of(List.of(NAME, AGE));
        assertThat(annotations.codes()).isEqualTo(Map.of("name.missing", 2L, "age.under", 3L));
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
    void aReasonIsNoFormula(String reason, String written) {
        Violation broken = new Violation("age", "age.under", reason);

        assertThat(annotations.of(List.of(broken)).reasons()).isEqualTo(written);
    }
}
