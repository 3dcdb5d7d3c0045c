package dev.winnow.pipeline;

import dev.winnow.ahead.Lanes;
import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
import dev.winnow.output.PartBuffers;
import dev.winnow.receipt.Layout;
import dev.winnow.record.ReadLimits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts together what the pipeline works with.
final class Equipment {

    Equipment() {}

    /// The clock of the machine, in UTC.
    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }

    /// Of the heap a third; the rest is for what else there is, and for garbage.
    @Produces
    @Singleton
    static PartBuffers buffers(OutputConfig output) {
        long partSize = output.partSize().asLongValue();
        long count = Runtime.getRuntime().maxMemory() / 3 / partSize;
        return new PartBuffers((int) Math.min(partSize, Integer.MAX_VALUE), (int) Math.min(count, Integer.MAX_VALUE));
    }

    @Produces
    @Singleton
    static Workbench workbench(
            ObjectStore store,
            Layout layout,
            ReadLimits limits,
            OutputConfig output,
            IntakeConfig config,
            DecisionConfig decision,
            PartBuffers buffers,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Lanes cores = Lanes.ofCores(
                decision.cores().orElseGet(() -> Runtime.getRuntime().availableProcessors()));
        return new Workbench(store, layout, limits, output, config, buffers, AtOnce::onThreads, cores, clock, version);
    }
}
