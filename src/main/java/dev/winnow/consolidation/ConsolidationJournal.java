package dev.winnow.consolidation;

import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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

    Timer.Sample begin() {
        return Timer.start(meters);
    }

    /// Tells what became of one outcome of an hour.
    void end(Timer.Sample begun, String dataset, Hour hour, Outcome outcome, Consolidated consolidated) {
        Duration took = Duration.ofNanos(begun.stop(Timer.builder("winnow.consolidated.hours")
                .description("Outcomes of hours put together, by result")
                .tag("dataset", dataset)
                .tag("outcome", outcome.code())
                .tag("result", consolidated.code())
                .register(meters)));
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
