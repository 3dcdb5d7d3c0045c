package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

final class ReadLimitsTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        ReadLimits limits = config().build().getConfigMapping(ReadLimits.class);
        assertThat(limits.longestRecord()).isEqualTo(1024 * 1024);
        assertThat(limits.mostFields()).isEqualTo(1000);
        assertThat(limits.largestInflated().asLongValue()).isEqualTo(64L * 1024 * 1024 * 1024);
        assertThat(limits.highestRatio()).isEqualTo(250);
    }

    @Test
    void keysAreThoseThatTheRefusalsName() {
        SmallRyeConfig config = config().withDefaultValue("winnow.reading.largest-inflated", "1M")
                .withDefaultValue("winnow.reading.highest-ratio", "7")
                .build();
        ReadLimits limits = config.getConfigMapping(ReadLimits.class);
        assertThat(limits.largestInflated().asLongValue()).isEqualTo(1024 * 1024);
        assertThat(limits.highestRatio()).isEqualTo(7);
    }

    private static SmallRyeConfigBuilder config() {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ReadLimits.class);
    }
}
