package dev.winnow.pipeline;

import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
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

    @Produces
    @Singleton
    static Workbench workbench(
            ObjectStore store,
            Layout layout,
            ReadLimits limits,
            OutputConfig output,
            IntakeConfig config,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new Workbench(store, layout, limits, output, config, AtOnce::onThreads, clock, version);
    }
}
