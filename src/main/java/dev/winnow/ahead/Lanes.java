package dev.winnow.ahead;

import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/// Where work ahead of need is done, and how much of it there may be. Shared by any number of [Ahead]s.
public sealed interface Lanes {

    /// How many results may wait in one [Ahead], those in work among them.
    int most();

    /// Lets a task begin as soon as there is room for it.
    void begin(FutureTask<?> task);

    /// Does what the asker of tasks can do about them before it waits for the result of the oldest.
    ///
    /// @param tasks those of one asker, the oldest first
    void hasten(Deque<? extends FutureTask<?>> tasks);

    /// Lanes for calls that mostly wait: so many at once, whoever asks.
    static Lanes ofCalls(int most) {
        return new Calls(most, new Semaphore(most));
    }

    /// Lanes for work that keeps a core busy. Those who ask do their share of it, so that with one core it is all
    /// theirs.
    static Lanes ofCores(int cores) {
        return new Cores(2 * cores, cores == 1 ? _ -> {} : helpers(cores - 1));
    }

    private static Executor helpers(int threads) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("ahead-", 1).daemon().factory());
    }

    /// See [#ofCalls].
    record Calls(int most, Semaphore free) implements Lanes {

        @Override
        public void begin(FutureTask<?> task) {
            Thread.ofVirtual().name("ahead").start(() -> {
                // A task that is cancelled meanwhile does nothing when its turn comes.
                free.acquireUninterruptibly();
                try {
                    task.run();
                } finally {
                    free.release();
                }
            });
        }

        @Override
        public void hasten(Deque<? extends FutureTask<?>> tasks) {
            // Their calls are under way, or wait since there are enough of them.
        }
    }

    /// See [#ofCores].
    record Cores(int most, Executor helpers) implements Lanes {

        @Override
        public void begin(FutureTask<?> task) {
            helpers.execute(task);
        }

        /// Does here what has not begun elsewhere, until the oldest is done: while another core is at that one, those
        /// after it.
        @Override
        public void hasten(Deque<? extends FutureTask<?>> tasks) {
            for (FutureTask<?> task : tasks) {
                if (tasks.element().isDone()) {
                    return;
                }
                task.run();
            }
        }
    }
}
