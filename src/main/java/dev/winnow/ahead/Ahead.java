package dev.winnow.ahead;

import dev.winnow.object.AtOnce;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Work done ahead of need, much of it at once, whose results come one by one in the order in which they were asked
/// for.
///
/// No more results wait than [Lanes#most], so memory does not grow with their number. Not for use by several threads
/// at once.
public final class Ahead<T> implements AutoCloseable {

    private final Lanes lanes;
    private final Consumer<T> results;
    private final Deque<FutureTask<T>> asked = new ArrayDeque<>();

    /// @param results takes each result on the asking thread
    public Ahead(Lanes lanes, Consumer<T> results) {
        this.lanes = lanes;
        this.results = results;
    }

    /// Asks for work, and passes on a result first if as many wait as may. What work throws, the call that passes
    /// its result on throws.
    public void ask(Supplier<T> work) {
        if (asked.size() == lanes.most()) {
            passOn();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        asked.add(task);
        lanes.begin(task);
    }

    /// Passes on every result that is still to come.
    public void finish() {
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
        lanes.hasten(asked);
        results.accept(AtOnce.result(asked.remove()));
    }
}
