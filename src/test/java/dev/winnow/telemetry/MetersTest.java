package dev.winnow.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody outside can make series, whatever is in messages, keys and files.
final class MetersTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void wordsOfTheCodeStayAsTheyAre() {
        Meters.add(meters, Instruments.VIOLATIONS, 3, "membership", "email.domain");

        assertThat(meters.get("winnow.violations")
                        .tag("dataset", "membership")
                        .tag("code", "email.domain")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zelda@example.com",
                "Zelda Quux",
                "a\nb",
                "a\"b",
                "../../etc",
                "incoming/x.csv",
                "ÿ",
                " ",
                ".",
                "a.",
                "-"
            })
    void whatIsNoWordIsOther(String hostile) {
        Meters.add(meters, Instruments.DEAD_LETTERS, 1, hostile);

        assertThat(meters.get("winnow.dead.letters").counter().getId().getTag("reason"))
                .isEqualTo("other");
    }

    @Test
    void aTextAsLongAsAKeyIsOther() {
        Meters.add(meters, Instruments.DEAD_LETTERS, 1, "a".repeat(81));

        assertThat(meters.get("winnow.dead.letters").counter().getId().getTag("reason"))
                .isEqualTo("other");
    }

    @Test
    void tenThousandWordsMakeNoMoreSeriesThanTheLimitAllows() {
        meters.config().meterFilter(new SeriesLimit());
        long seed = 20_261_124;
        Random random = new Random(seed);

        for (int i = 0; i < 10_000; i++) {
            String hostile = Long.toString(random.nextLong(), 36).replace('-', 'm');
            Meters.add(meters, Instruments.VIOLATIONS, 1, hostile, "age.under");
            Meters.record(meters, Instruments.STEPS, Duration.ofMillis(1), hostile, "done");
        }

        assertThat(meters.find("winnow.violations").counters())
                .as("with seed %d", seed)
                .hasSize(SeriesLimit.WORDS + 1);
        assertThat(meters.find("winnow.steps").timers()).hasSize(SeriesLimit.WORDS + 1);
        assertThat(meters.find("winnow.violations").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum())
                .isEqualTo(10_000);
    }

    @Test
    void otherTakesNoWordsPlace() {
        meters.config().meterFilter(new SeriesLimit());

        Meters.add(meters, Instruments.DEAD_LETTERS, 1, Meters.OTHER);
        for (int i = 0; i < SeriesLimit.WORDS; i++) {
            Meters.add(meters, Instruments.DEAD_LETTERS, 1, "reason." + i);
        }

        assertThat(meters.find("winnow.dead.letters").counters()).hasSize(SeriesLimit.WORDS + 1);
        assertThat(meters.get("winnow.dead.letters")
                        .tag("reason", Meters.OTHER)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyTagHasItsLabel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Meters.add(meters, Instruments.VIOLATIONS, 1, "membership"))
                .withMessage("Cannot measure winnow.violations: it has the tags [dataset, code]");
    }
}
