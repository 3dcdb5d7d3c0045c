package dev.winnow.pipeline;

import dev.winnow.ahead.Lanes;
import dev.winnow.decision.Dataset;
import dev.winnow.decision.Datasets;
import dev.winnow.object.InTurn;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
import dev.winnow.output.PartBuffers;
import dev.winnow.receipt.Layout;
import dev.winnow.record.ReadLimits;
import dev.winnow.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Clock;
import java.util.List;

/// The file intake as it is, over a store of the test's own: for the tests of what calls it.
public final class Intakes {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();
    private static final SmallRyeConfig DEFAULTS = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ReadLimits.class)
            .withMapping(OutputConfig.class)
            .withMapping(IntakeConfig.class)
            .build();

    private static final Lanes CORES = Lanes.ofCores(2);

    private Intakes() {}

    public static FileIntake over(ObjectStore store, Layout layout, Clock clock, Dataset<?> dataset) {
        Workbench bench = new Workbench(
                store,
                layout,
                DEFAULTS.getConfigMapping(ReadLimits.class),
                DEFAULTS.getConfigMapping(OutputConfig.class),
                DEFAULTS.getConfigMapping(IntakeConfig.class),
                new PartBuffers(5 << 20, 2),
                InTurn.FORWARDS,
                CORES,
                clock,
                "test");
        return new FileIntake(
                bench,
                new Datasets(List.of(dataset), VALIDATORS),
                new IntakeJournal(new SimpleMeterRegistry(), Tracing.off()));
    }
}
