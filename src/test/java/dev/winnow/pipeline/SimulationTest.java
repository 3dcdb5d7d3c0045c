package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ten thousand half hours of a service in trouble: whatever the order, every file is decided once or superseded.
///
/// A failure names its seed, and one command repeats it: `./mvnw test -Dtest=SimulationTest -Dwinnow.seed=4711`.
final class SimulationTest {

    private static final int SEEDS = 10_000;

    @Test
    void whateverTheOrderEveryFileIsDecidedOnceOrSuperseded() {
        long only = Long.getLong("winnow.seed", 0);
        long first = only == 0 ? 1 : only;
        long last = only == 0 ? SEEDS : only;
        Map<Disturbance, Integer> disturbances = new EnumMap<>(Disturbance.class);
        int leftBehind = 0;
        Workers workers = new Workers(Scenario.RULES);
        long start = System.nanoTime();
        for (long seed = first; seed <= last; seed++) {
            Simulation simulation = new Simulation(workers, Mutant.NONE, seed);
            try {
                simulation.play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            simulation.disturbances().forEach((what, count) -> disturbances.merge(what, count, Integer::sum));
            leftBehind += simulation.leftBehind();
        }
        System.out.printf(
                "%,d simulations: %s, %d files finished by consolidation, %,d points of a worker, %.1f s%n",
                last - first + 1, disturbances, leftBehind, workers.size(), (System.nanoTime() - start) / 1e9);
        if (only == 0) {
            assertThat(disturbances).containsOnlyKeys(Disturbance.values());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIPT_ON_CONDITION", "PUBLICATION_BY_ANYONE", "RETRACTION", "BACKUP_ON_CONDITION"})
    void aServiceThatLacksAGuardIsFoundOut(Guard guard) {
        Workers workers = new Workers(Scenario.RULES);

        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        new Simulation(workers, guard, seed).play();
                    }
                })
                .isInstanceOf(AssertionError.class);
    }
}
