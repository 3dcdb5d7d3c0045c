package dev.winnow.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class RuleTest {

    @ParameterizedTest
    @CsvFileSource(resources = "messages.csv", useHeadersInDisplayName = true)
    void messageStatesItsCodeOrTakesTheDefault(String message, String code, String reason) {
        assertThat(new Rule(0, "x", "x.default").brokenWith(message)).isEqualTo(new Violation("x", code, reason));
    }
}
