package dev.winnow.object;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// How calls that do not depend on each other are made.
///
/// Each is made and waited for, whatever becomes of the others, so that none outlives those who asked for it. As they
/// do not depend on each other, they may as well be made one after another, in any order.
@FunctionalInterface
public interface AtOnce {

    /// Carries tasks out, of which there is one at least, and returns once all have ended. They keep to themselves what
    /// they throw.
    void carryOut(List<? extends Runnable> tasks);

    /// All at the same time: each on a virtual thread of its own, but the last, which the calling thread takes. When
    /// that is interrupted the others are too, and it waits for them all the same.
    static void onThreads(List<? extends Runnable> tasks) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("at once").factory())) {
            tasks.subList(0, tasks.size() - 1).forEach(threads::execute);
            tasks.getLast().run();
        }
    }

    /// Makes calls.
    ///
    /// @return their results, in the calls' order
    /// @throws RuntimeException the first call's that failed, with those of the others suppressed
    default <T> List<T> all(List<? extends Supplier<? extends T>> calls) {
        List<FutureTask<T>> tasks = new ArrayList<>(calls.size());
        for (Supplier<? extends T> call : calls) {
            tasks.add(new FutureTask<>(call::get));
        }
        if (!tasks.isEmpty()) {
            carryOut(tasks);
        }
        List<Throwable> failures = tasks.stream()
                .filter(task -> task.state() == FutureTask.State.FAILED)
                .map(FutureTask::exceptionNow)
                .distinct()
                .toList();
        failures.stream().skip(1).forEach(other -> failures.getFirst().addSuppressed(other));
        return tasks.stream().<T>map(AtOnce::result).toList();
    }

    /// Makes calls that return nothing; they fail as those of [#all] do.
    default void each(List<? extends Runnable> calls) {
        List<Supplier<Boolean>> told = new ArrayList<>(calls.size());
        for (Runnable call : calls) {
            told.add(() -> {
                call.run();
                return true;
            });
        }
        all(told);
    }

    /// What a call came to that is made by a task: its result, or what it threw.
    static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException("Cannot make a call", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Cannot wait for the store: interrupted", e);
        }
    }
}
