package dev.winnow.consolidation;

import dev.winnow.object.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Calls made ahead of need, many at once, whose results come one by one in the order in which they were asked
/// for.
///
/// No more results wait than calls may be made at once, so memory does not grow with their number. Not for use by
/// several threads at once.
final class Ahead<T> implements AutoCloseable {

    private final Lanes lanes;
    private final Consumer<T> results;
    private final Deque<FutureTask<T>> asked = new ArrayDeque<>();

    /// How many calls may be made at once, by everyone who shares this.
    record Lanes(int most, Semaphore free) {

        Lanes(int most) {
            this(most, new Semaphore(most));
        }

        private <T> T take(Supplier<T> call) throws InterruptedException {
            free.acquire();
            try {
                return call.get();
            } finally {
                free.release();
            }
        }
    }

    /// @param results takes each result on the asking thread
    Ahead(Lanes lanes, Consumer<T> results) {
        this.lanes = lanes;
        this.results = results;
    }

    /// Asks for a call, and passes on a result first if as many wait as may.
    void ask(Supplier<T> call) {
        if (asked.size() == lanes.most()) {
            passOn();
        }
        FutureTask<T> task = new FutureTask<>(() -> lanes.take(call));
        asked.add(task);
        Thread.ofVirtual().name("read ahead").start(task);
    }

    /// Passes on every result that is still to come.
    void finish() {
        while (!asked.isEmpty()) {
            passOn();
        }
    }

    /// Gives up what was asked for and not passed on.
    @Override
    public void close() {
        asked.forEach(task -> task.cancel(true));
    }

    private void passOn() {
        try {
            results.accept(asked.remove().get());
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException("Cannot read ahead", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Cannot read ahead: interrupted", e);
        }
    }
}
