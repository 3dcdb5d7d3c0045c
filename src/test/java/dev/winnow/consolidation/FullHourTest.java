package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.object.HookedObjectStore;
import dev.winnow.receipt.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// An hour with many files, each with rows of both outcomes, in one run. `-Dfull-hour.files=100000` makes it a
/// full one; what it took is printed.
final class FullHourTest {

    private static final int FILES = Integer.getInteger("full-hour.files", 2_000);
    private static final int READS_AT_ONCE = 32;

    @Test
    void anHourTakesFewCallsAFileAndNoMoreReadsAtOnceThanAllowed() {
        Bucket bucket = new Bucket();
        bucket.readsAtOnce = READS_AT_ONCE;
        bucket.smallestPart = PartPlan.SMALLEST;
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
        AtomicLong held = new AtomicLong();
        HookedObjectStore.Hook counting = new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                calls.computeIfAbsent(call.substring(0, call.indexOf(' ')), _ -> new LongAdder())
                        .increment();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    if (call.startsWith("start upload")) {
                        // By now all that is kept of the hour is there, and nothing has been written yet.
                        held.accumulateAndGet(live() - before, Math::max);
                    }
                    return made.get();
                } finally {
                    now.decrementAndGet();
                }
            }
        };
        long start = System.nanoTime();

        assertThat(bucket.worker(counting)
                        .consolidate(Bucket.DATASET, Bucket.HOUR)
                        .keySet())
                .containsExactly(Outcome.values());

        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d files in one hour: %.1f s, %d MB held, calls %s%n", FILES, seconds, held.get() >> 20, calls);
        assertThat(bucket.successful().lines().count()).isEqualTo(1 + 2L * FILES);
        assertThat(bucket.unsuccessful().lines().count()).isEqualTo(1 + FILES);
        assertThat(calls.get("read")).as("receipts").hasToString(Long.toString(2L * FILES));
        assertThat(calls.get("open")).as("headers and bodies of two outputs").hasToString(Long.toString(4L * FILES));
        assertThat(calls.values().stream().mapToLong(LongAdder::sum).sum()).isLessThan(6L * FILES + FILES / 100 + 60);
        assertThat(held.get()).as("bytes held").isLessThan((1L << 20) + FILES * 1_000L);
        assertThat(most.get()).isLessThanOrEqualTo(READS_AT_ONCE + 1);
    }

    private static long live() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
