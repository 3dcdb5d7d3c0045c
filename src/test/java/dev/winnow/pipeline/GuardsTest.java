package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.object.InTurn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Without any one of its guards the protocol breaks, and the walk through its states finds out.
///
/// `./mvnw test -Dtest=GuardsTest -Dwinnow.traces=true` prints the shortest way to each violation.
final class GuardsTest {

    @ParameterizedTest
    @EnumSource
    void isNeeded(Guard guard) {
        Walk.Report report = new Walk(guard.scenario(), guard, InTurn.FORWARDS).walk();

        assertThat(report.violation()).hasValueSatisfying(violation -> {
            System.out.printf(
                    "without %s, after %d moves and %,d states: %s%n",
                    guard, violation.trace().size(), report.states(), violation.what());
            if (Boolean.getBoolean("winnow.traces")) {
                violation.trace().forEach(move -> System.out.println("    " + move));
            }
        });
    }
}
