package dev.winnow.consolidation;

import dev.winnow.ahead.Lanes;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Outcome;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;

/// Puts the hours' outputs together.
///
/// Any number of consolidations, in any number of processes, may be at the same hour at once.
@Singleton
public final class Consolidation {

    private final Consolidator consolidator;
    private final Due due;

    @Inject
    Consolidation(
            ObjectStore store,
            Layout layout,
            BucketConfig bucket,
            OutputConfig output,
            ConsolidationConfig config,
            FileIntake intake,
            ConsolidationJournal journal) {
        this(
                new Workroom(
                        store,
                        layout,
                        bucket.bucket(),
                        output.partSize().asLongValue(),
                        PartPlan.SMALLEST,
                        Lanes.ofCalls(config.readsAtOnce()),
                        intake::finish),
                config,
                journal);
    }

    Consolidation(Workroom room, ConsolidationConfig config, ConsolidationJournal journal) {
        this.consolidator = new Consolidator(room, journal);
        this.due = new Due(room.store(), room.layout().hours(), config);
    }

    /// Each dataset's hours that are due.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException when the store is out of reach
    public SortedMap<String, NavigableSet<Hour>> due() {
        return due.hours();
    }

    /// Puts one hour of a dataset together, whether it is due or not.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException when the store is out of reach, or it is overtaken each
    /// time
    public Map<Outcome, Consolidated> consolidate(String dataset, Hour hour) {
        return consolidator.consolidate(dataset, hour);
    }
}
