package dev.winnow.pipeline;

import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
import dev.winnow.receipt.Layout;
import dev.winnow.record.ReadLimits;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What every attempt works with.
///
/// @param version the version of Winnow that receipts name
@Singleton
record Workbench(
        ObjectStore store,
        Layout layout,
        ReadLimits limits,
        OutputConfig output,
        IntakeConfig config,
        Clock clock,

        @ConfigProperty(name = "quarkus.application.version")
        String version) {}
