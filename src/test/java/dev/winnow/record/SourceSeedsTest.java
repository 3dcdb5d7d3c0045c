package dev.winnow.record;

import dev.winnow.Seed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files from which the fuzzer starts, and those that once broke something.
final class SourceSeedsTest {

    @ParameterizedTest
    @MethodSource
    void whatHoldsForAnyBytesHoldsForThese(Seed seed) {
        SourceTarget.fuzzerTestOneInput(seed.bytes());
    }

    static List<Seed> whatHoldsForAnyBytesHoldsForThese() {
        return Seed.of(SourceSeedsTest.class);
    }
}
