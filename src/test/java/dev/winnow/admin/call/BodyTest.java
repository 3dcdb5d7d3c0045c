package dev.winnow.admin.call;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BodyTest {

    @ParameterizedTest
    @CsvSource({"noot, noot", "zelda@example.com, body", "Zelda Quuxington, body", "1987-11-23, body"})
    void anUnknownMemberIsNamedWhereItLooksLikeOne(String member, String field) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(
                        () -> Body.read(JsonNodeFactory.instance.objectNode().put(member, "Zelda"), Note.class))
                .extracting(ProblemException::faults, InstanceOfAssertFactories.list(Problem.Fault.class))
                .isEqualTo(List.of(new Problem.Fault(field, "is not known here, or not of this form")));
    }
}
