package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.decision.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    @Test
    void countsHoldForMoreAnnotationsThanAreKept() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1500; i++) {
                Violation width = new Violation("", "record.width", "the row has " + i + " fields");
                assertThat(annotations.of(List.of(width, AGE)).reasons()).startsWith("the row has " + i + " fields; ");
            }
        }
        assertThat(annotations.codes()).isEqualTo(Map.of("record.width", 3000L, "age.under", 3000L));
    }
}
