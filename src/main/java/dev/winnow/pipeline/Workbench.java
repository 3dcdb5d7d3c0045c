package dev.winnow.pipeline;

import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
import dev.winnow.receipt.Layout;
import dev.winnow.record.ReadLimits;
import java.time.Clock;

/// What every attempt works with.
///
/// @param version the version of Winnow that receipts name
record Workbench(
        ObjectStore store,
        Layout layout,
        ReadLimits limits,
        OutputConfig output,
        IntakeConfig config,
        Clock clock,

        String version) {}
