package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.object.HookedObjectStore;
import dev.winnow.receipt.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// An hour with many files, each with rows of both outcomes, in one run. `-Dwinnow.test.files=100000` makes it a
/// full one; what it took is printed.
final class FullHourTest {

    private static final int FILES = Integer.getInteger("winnow.test.files", 2_000);
    private static final int READS_AT_ONCE = 32;

    @Test
    void anHourTakesFewCallsAFileAndNoMoreReadsAtOnceThanAllowed() {
        Bucket bucket = new Bucket();
        bucket.readsAtOnce = READS_AT_ONCE;
        for (int number = 0; number < FILES; number++) {
            bucket.commit(
                    number + ".csv",
                    "person,age\nAda " + number + ",36\nGrace " + number + ",44\n",
                    "line,codes,reasons,name,age\n4,age.under,too young,Blaise " + number + ",12\n");
        }
        long before = live();
        Map<String, LongAdder> calls = new ConcurrentHashMap<>();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        HookedObjectStore.Hook counting = new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                calls.computeIfAbsent(call.substring(0, call.indexOf(' ')), _ -> new LongAdder())
                        .increment();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    return made.get();
                } finally {
                    now.decrementAndGet();
                }
            }
        };
        resetPeaks();
        long start = System.nanoTime();

        assertThat(bucket.worker(counting)
                        .consolidate(Bucket.DATASET, Bucket.HOUR)
                        .keySet())
                .containsExactly(Outcome.values());

        double seconds = (System.nanoTime() - start) / 1e9;
        long held = peak() - before;
        System.out.printf(
                "%d files in one hour: %.1f s, %d MB of heap above the bucket at the peak, garbage included, calls %s%n",
                FILES, seconds, held >> 20, calls);
        assertThat(bucket.successful().lines().count()).isEqualTo(1 + 2L * FILES);
        assertThat(bucket.unsuccessful().lines().count()).isEqualTo(1 + FILES);
        assertThat(calls.get("read")).as("receipts").hasToString(Long.toString(2L * FILES));
        assertThat(calls.get("open")).as("headers and bodies of two outputs").hasToString(Long.toString(4L * FILES));
        assertThat(calls.values().stream().mapToLong(LongAdder::sum).sum()).isLessThan(6L * FILES + FILES / 100 + 60);
        assertThat(most.get()).isLessThanOrEqualTo(READS_AT_ONCE + 1);
    }

    private static long live() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
