package dev.winnow.pipeline;

import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/// What is told of every attempt: its log line and its meters, together.
///
/// One line a file, none a record, and nothing of what a record holds.
@Singleton
final class IntakeJournal {

    private static final Logger LOG = Logger.getLogger("dev.winnow.intake");

    private final MeterRegistry meters;

    IntakeJournal(MeterRegistry meters) {
        this.meters = meters;
    }

    Entry begin(SourceFile file, Via via) {
        return new Entry(file, via, Timer.start(meters));
    }

    /// One attempt under way.
    final class Entry {

        private final SourceFile file;
        private final Via via;
        private final Timer.Sample sample;

        private Entry(SourceFile file, Via via, Timer.Sample sample) {
            this.file = file;
            this.via = via;
            this.sample = sample;
        }

        /// Tells how the attempt ended.
        Taken end(Taken taken) {
            Duration took = Duration.ofNanos(sample.stop(Timer.builder("winnow.files")
                    .description("Attempts at files by how they ended")
                    .tag("outcome", taken.code())
                    .tag("via", via.code())
                    .register(meters)));
            switch (taken) {
                case Taken.Committed(Receipt receipt) -> committed(receipt, took);
                case Taken.AlreadyCommitted(Receipt receipt) ->
                    LOG.infof(
                            "already committed: file=%s generation=%d key=%s",
                            file.id(), receipt.generation(), file.key());
                case Taken.Superseded() ->
                    LOG.infof(
                            "superseded: file=%s key=%s: another content was put at the key before this one was read",
                            file.id(), file.key());
                case Taken.Poisoned(var reason, String detail) ->
                    LOG.debugf("poisoned: file=%s key=%s reason=%s: %s", file.id(), file.key(), reason.code(), detail);
                case Taken.Postponed(String detail) ->
                    LOG.warnf("postponed: file=%s key=%s: %s", file.id(), file.key(), detail);
            }
            return taken;
        }

        private void committed(Receipt receipt, Duration took) {
            Receipt.Records records = receipt.records();
            count(receipt, "accepted", records.accepted());
            count(receipt, "rejected", records.rejected());
            count(receipt, "unreadable", records.unreadable());
            LOG.infof(
                    "committed: file=%s generation=%d key=%s read=%d accepted=%d rejected=%d unreadable=%d size=%d ms=%d",
                    file.id(),
                    receipt.generation(),
                    file.key(),
                    records.read(),
                    records.accepted(),
                    records.rejected(),
                    records.unreadable(),
                    file.size(),
                    took.toMillis());
        }

        private void count(Receipt receipt, String decision, long records) {
            Counter.builder("winnow.records")
                    .description("Decided records by decision")
                    .tag("dataset", receipt.dataset())
                    .tag("decision", decision)
                    .register(meters)
                    .increment((double) records);
        }
    }
}
