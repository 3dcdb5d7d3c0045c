package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.output.PartBuffers;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CapacityTest {

    private static final int PART = 5 << 20;

    @ParameterizedTest
    @CsvSource({
        "1,   96, 6,  6,  1",
        "1,  614, 40, 8,  1",
        "2,  128, 8,  8,  2",
        "2,  512, 34, 16, 2",
        "4, 1024, 68, 32, 4",
        "8,   16, 2,  2,  1"
    })
    void coresAndHeapSayHowMuchThereIsAtOnce(int cores, long heap, int buffers, int messages, int large) {
        Capacity capacity = Capacity.of(config(Map.of()), new PartBuffers(PART, buffers), cores, heap << 20);

        assertThat(capacity.messages()).isEqualTo(messages);
        assertThat(capacity.large()).isEqualTo(large);
    }

    @Test
    void whoeverNamesTheNumberHasIt() {
        QueueConfig config = config(Map.of("winnow.concurrency", "3"));

        Capacity capacity = Capacity.of(config, new PartBuffers(PART, 100), 64, 1L << 40);

        assertThat(capacity.messages()).isEqualTo(3);
        assertThat(capacity.large()).isOne();
        assertThat(capacity.why())
                .isEqualTo("winnow.concurrency, 64 cores, 1048576 MiB of heap, 100 part buffers of 5 MiB");
    }

    @Test
    void aFileIsLargeAboveFourParts() {
        Capacity capacity = Capacity.of(config(Map.of()), new PartBuffers(PART, 8), 2, 1L << 30);

        assertThat(capacity.isLarge(4L * PART)).isFalse();
        assertThat(capacity.isLarge(4L * PART + 1)).isTrue();
    }

    private static QueueConfig config(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(QueueConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(QueueConfig.class);
    }
}
