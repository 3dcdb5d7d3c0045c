package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

    private static final Duration BASE = Duration.ofSeconds(10);
    private static final Duration CAP = Duration.ofMinutes(15);
    private static final RandomGenerator LOWEST = () -> 0;
    private static final RandomGenerator HIGHEST = () -> -1;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # delivery, longest wait in s, shortest
            0,   10,  5
            1,   10,  5
            2,   20,  10
            3,   40,  20
            7,   640, 320
            8,   900, 450
            31,  900, 450
            64,  900, 450
            1000, 900, 450
            2147483647, 900, 450
            """)
    void doublesFromTheBaseToTheCapLessUpToAHalf(int receiveCount, long longest, long shortest) {
        assertThat(new Backoff(BASE, CAP, LOWEST).after(receiveCount)).isEqualTo(Duration.ofSeconds(longest));
        assertThat(new Backoff(BASE, CAP, HIGHEST).after(receiveCount))
                .isBetween(
                        Duration.ofSeconds(shortest),
                        Duration.ofSeconds(shortest).plusMillis(1));
    }

    @Test
    void whatFailedTogetherDoesNotComeBackTogether() {
        long seed = 20_261_122;
        Backoff backoff = new Backoff(BASE, CAP, new Random(seed));

        assertThat(IntStream.range(0, 1000).mapToObj(_ -> backoff.after(1)))
                .as("waits with seed %d", seed)
                .allSatisfy(wait -> assertThat(wait).isBetween(BASE.dividedBy(2), BASE))
                .satisfies(
                        waits -> assertThat(waits.stream().distinct().count()).isGreaterThan(700));
    }

    @Test
    void theLongestWaitThatSqsAllowsIsReached() {
        Duration twelveHours = Duration.ofHours(12);

        assertThat(new Backoff(twelveHours, twelveHours, LOWEST).after(1000)).isEqualTo(twelveHours);
    }
}
