package dev.winnow.admin.live;

import dev.winnow.object.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// A value that is looked up anew only once it is so old, however many ask, and that nobody waits for longer than
/// they like: while a look-up takes its time, the value before stands.
final class Kept<T> {

    private final Supplier<T> lookUp;
    private final Duration age;
    private final Clock clock;
    private final Executor threads;
    private @Nullable T value;
    private Instant from = Instant.EPOCH;
    private @Nullable CompletableFuture<T> underWay;
    private long lookUps;
    private boolean failed;

    /// @param age after that it is looked up anew
    Kept(Supplier<T> lookUp, Duration age, Clock clock, Executor threads) {
        this.lookUp = lookUp;
        this.age = age;
        this.clock = clock;
        this.threads = threads;
    }

    /// The value; nothing while the first look-up takes its time, or where the last one has failed.
    ///
    /// @param patience how long to wait for a look-up
    Optional<T> get(Duration patience) {
        CompletableFuture<T> asked;
        long number;
        synchronized (this) {
            if (underWay == null) {
                if (value != null && from.plus(age).isAfter(clock.instant())) {
                    return Optional.of(value);
                }
                lookUps++;
                underWay = CompletableFuture.supplyAsync(lookUp, threads);
            }
            asked = underWay;
            number = lookUps;
        }
        try {
            return found(number, asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return known();
        } catch (ExecutionException e) {
            return missed(number, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known();
        }
    }

    /// Whether the last look-up came to nothing, since the bucket or a queue is out of reach.
    synchronized boolean hasFailed() {
        return failed;
    }

    private synchronized Optional<T> known() {
        return Optional.ofNullable(value);
    }

    private synchronized Optional<T> found(long number, T found) {
        if (underWay != null && number == lookUps) {
            underWay = null;
            value = found;
            from = clock.instant();
            failed = false;
        }
        return known();
    }

    private synchronized Optional<T> missed(long number, ExecutionException e) {
        if (underWay != null && number == lookUps) {
            underWay = null;
            value = null;
            failed = true;
        }
        if (e.getCause() instanceof StoreUnavailableException || e.getCause() instanceof SdkException) {
            return known();
        }
        throw new IllegalStateException("Cannot look up what is shown", e.getCause());
    }
}
