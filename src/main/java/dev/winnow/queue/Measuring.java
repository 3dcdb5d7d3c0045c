package dev.winnow.queue;

import dev.winnow.output.PartBuffers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Looks what this process has, once.
final class Measuring {

    private Measuring() {}

    @Produces
    @Singleton
    static Capacity capacity(QueueConfig config, PartBuffers buffers) {
        Runtime runtime = Runtime.getRuntime();
        return Capacity.of(config, buffers, runtime.availableProcessors(), runtime.maxMemory());
    }
}
