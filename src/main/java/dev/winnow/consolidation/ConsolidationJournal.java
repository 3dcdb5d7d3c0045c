package dev.winnow.consolidation;

import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Outcome;
import dev.winnow.telemetry.Instruments;
import dev.winnow.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/// What is told of every hour that was put together: its log line and its meters, together.
@Singleton
final class ConsolidationJournal {

    private static final Logger LOG = Logger.getLogger("dev.winnow.consolidation");

    private final MeterRegistry meters;

    ConsolidationJournal(MeterRegistry meters) {
        this.meters = meters;
    }

    /// The moment at which the work on an outcome begins, for [#end].
    long begin() {
        return System.nanoTime();
    }

    /// Tells what became of one outcome of an hour.
    void end(long begun, String dataset, Hour hour, Outcome outcome, Consolidated consolidated) {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Meters.record(meters, Instruments.CONSOLIDATED_HOURS, took, dataset, outcome.code(), consolidated.code());
        switch (consolidated) {
            case Consolidated.Written(int files, long records, long size) ->
                LOG.infof(
                        "consolidated: dataset=%s outcome=%s hour=%s files=%d records=%d size=%d ms=%d",
                        dataset, outcome.code(), hour.start(), files, records, size, took.toMillis());
            case Consolidated.Unchanged() ->
                LOG.debugf("unchanged: dataset=%s outcome=%s hour=%s", dataset, outcome.code(), hour.start());
            case Consolidated.Removed() ->
                LOG.infof(
                        "no longer consolidated: dataset=%s outcome=%s hour=%s: no such record is left",
                        dataset, outcome.code(), hour.start());
            case Consolidated.Incomplete(int files, int missing, String detail) ->
                LOG.warnf(
                        "not consolidated: dataset=%s outcome=%s hour=%s files=%d missing=%d: %s",
                        dataset, outcome.code(), hour.start(), files, missing, detail);
        }
    }
}
