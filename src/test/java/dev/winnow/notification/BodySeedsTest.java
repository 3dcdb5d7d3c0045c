package dev.winnow.notification;

import dev.winnow.Seed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bodies from which the fuzzer starts, and those that once broke something.
final class BodySeedsTest {

    @ParameterizedTest
    @MethodSource
    void whatHoldsForAnyBytesHoldsForThese(Seed seed) {
        BodyTarget.fuzzerTestOneInput(seed.bytes());
    }

    static List<Seed> whatHoldsForAnyBytesHoldsForThese() {
        return Seed.of(BodySeedsTest.class);
    }
}
