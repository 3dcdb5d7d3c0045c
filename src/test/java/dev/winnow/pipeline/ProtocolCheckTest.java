package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.object.InTurn;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every state that the production code can come to in a small world, with every order of calls and up to three
/// disturbances on the way. Calls that a worker makes at once come in either order.
final class ProtocolCheckTest {

    @ParameterizedTest
    @EnumSource
    void noStateBreaksAnInvariantAndEachEndsSettled(InTurn first) {
        Map<String, Scenario> scenarios = new TreeMap<>(Map.of(
                "taking in", Scenario.TAKING_IN,
                "overwritten", Scenario.OVERWRITTEN,
                "given up", Scenario.GIVEN_UP,
                "reprocessed at once", Scenario.REPROCESSED_AT_ONCE,
                "reprocessed", Scenario.REPROCESSED,
                "reprocessed in vain", Scenario.REPROCESSED_IN_VAIN,
                "crowded", Scenario.CROWDED));
        scenarios.forEach((name, scenario) -> {
            long start = System.nanoTime();

            Walk.Report report = new Walk(scenario, Mutant.NONE, first).walk();

            System.out.printf(
                    "%s: %,d states, %,d transitions, %,d points of a worker, %.1f s%n",
                    name, report.states(), report.transitions(), report.points(), (System.nanoTime() - start) / 1e9);
            assertThat(report.violation()).as(name).isEmpty();
        });
    }
}
