package dev.winnow.sweep;

import dev.winnow.deadletter.Reconciliation;
import dev.winnow.telemetry.Instruments;
import dev.winnow.telemetry.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// What is told of every sweep: its log line and its meters, together.
///
/// Counters and no gauge, since each sweep may be another replica's and a gauge would keep telling of the last
/// one here.
@Singleton
final class SweepJournal {

    private static final Logger LOG = Logger.getLogger("dev.winnow.sweep");

    private final Counter sweeps;
    private final Counter unprocessed;

    SweepJournal(MeterRegistry meters) {
        this.sweeps = Meters.counter(meters, Instruments.SWEEPS);
        this.unprocessed = Meters.counter(meters, Instruments.UNPROCESSED_OBJECTS);
    }

    void swept(Sweep sweep, Reconciliation.Pass pass) {
        sweeps.increment();
        unprocessed.increment((double) sweep.unprocessed());
        LOG.logf(
                sweep.unprocessed() == 0 ? Logger.Level.INFO : Logger.Level.WARN,
                "swept: objects=%d unprocessed=%d unfinished=%d; dead letters: registered=%d cleared=%d kept=%d",
                sweep.objects(),
                sweep.unprocessed(),
                sweep.unfinished(),
                pass.registered(),
                pass.cleared(),
                pass.kept());
    }
}
