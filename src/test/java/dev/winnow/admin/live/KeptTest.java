package dev.winnow.admin.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.winnow.object.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// When a value is looked up anew, and what stands meanwhile.
final class KeptTest {

    private static final Duration AGE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMillis(1);

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final AtomicInteger lookUps = new AtomicInteger();

    @Test
    void aValueIsLookedUpAnewOnlyOnceItIsOld() {
        Kept<Integer> kept = kept(lookUps::incrementAndGet, Runnable::run);

        assertThat(kept.get(PATIENCE)).hasValue(1);
        now = now.plusSeconds(4);
        assertThat(kept.get(PATIENCE)).hasValue(1);
        now = now.plusSeconds(2);
        assertThat(kept.get(PATIENCE)).hasValue(2);
    }

    @Test
    void whatTakesItsTimeIsWaitedForByNobodyAndLookedUpOnce() {
        CountDownLatch open = new CountDownLatch(1);
        Kept<Integer> kept = kept(
                () -> {
                    await().until(() -> open.getCount() == 0);
                    return lookUps.incrementAndGet();
                },
                task -> Thread.ofVirtual().start(task));

        assertThat(kept.get(PATIENCE)).isEmpty();
        assertThat(kept.get(PATIENCE)).isEmpty();
        assertThat(kept.hasFailed()).isFalse();
        open.countDown();
        await().until(() -> kept.get(PATIENCE).isPresent());
        assertThat(lookUps).hasValue(1);
    }

    @Test
    void afterAnOutageItIsTriedAgainAtOnce() {
        Kept<Integer> kept = kept(
                () -> {
                    if (lookUps.incrementAndGet() == 1) {
                        throw new StoreUnavailableException("Cannot list: S3 answers SlowDown");
                    }
                    return 2;
                },
                Runnable::run);

        assertThat(kept.get(PATIENCE)).isEmpty();
        assertThat(kept.hasFailed()).isTrue();
        assertThat(kept.get(PATIENCE)).hasValue(2);
        assertThat(kept.hasFailed()).isFalse();
    }

    @Test
    void aBugIsNoOutage() {
        Kept<Integer> kept = kept(
                () -> {
                    throw new IllegalArgumentException("a bug");
                },
                Runnable::run);

        assertThatThrownBy(() -> kept.get(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a bug");
    }

    private Kept<Integer> kept(Supplier<Integer> lookUp, Executor threads) {
        InstantSource source = () -> now;
        return new Kept<>(lookUp, AGE, source.withZone(ZoneOffset.UTC), threads);
    }
}
