package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import dev.winnow.telemetry.Instruments;
import dev.winnow.telemetry.Meters;
import dev.winnow.telemetry.Traced;
import dev.winnow.telemetry.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/// What is told of every attempt: its log line, its meters and its spans, together.
///
/// One line a file, none a record, and nothing of what a record holds.
@Singleton
final class IntakeJournal {

    private static final Logger LOG = Logger.getLogger("dev.winnow.intake");

    /// The dataset of a file that is of none.
    private static final String NO_DATASET = "none";

    /// The end of an attempt that a bug has ended.
    private static final String BROKEN = "broken";

    private final MeterRegistry meters;
    private final Tracing tracing;
    private final AtomicInteger inWork = new AtomicInteger();

    IntakeJournal(MeterRegistry meters, Tracing tracing) {
        this.meters = meters;
        this.tracing = tracing;
        Meters.watch(meters, Instruments.FILES_IN_WORK, inWork::get);
    }

    /// @param dataset the one that knows the file, where there is one
    Entry begin(SourceFile file, Optional<String> dataset, Via via) {
        return new Entry(file, dataset.orElse(NO_DATASET), via);
    }

    /// One attempt under way.
    final class Entry implements AutoCloseable {

        private final SourceFile file;
        private final String dataset;
        private final Via via;
        private final Traced span;
        private final long begun = System.nanoTime();
        private String outcome = BROKEN;

        private Entry(SourceFile file, String dataset, Via via) {
            this.file = file;
            this.dataset = dataset;
            this.via = via;
            this.span = tracing.part("take " + dataset)
                    .with("winnow.file.id", file.id().value())
                    .with("winnow.dataset", dataset)
                    .with("winnow.via", via.code())
                    .with("aws.s3.bucket", file.bucket())
                    .with("aws.s3.key", file.key());
            MDC.put("fileId", file.id().value());
            MDC.put("dataset", dataset);
            inWork.incrementAndGet();
        }

        /// Carries a step out.
        Step step(Step step, UnaryOperator<Step> work) {
            String name = StepName.of(step);
            long begin = System.nanoTime();
            String result = BROKEN;
            try (Traced part = tracing.part(name)) {
                try {
                    Step next = work.apply(step);
                    result = "done";
                    return next;
                } catch (StoreUnavailableException e) {
                    result = "unavailable";
                    throw e;
                } finally {
                    if (!"done".equals(result)) {
                        part.failed(result);
                    }
                    Meters.record(meters, Instruments.STEPS, since(begin), name, result);
                }
            }
        }

        /// Tells how the attempt ended.
        Taken end(Taken taken) {
            outcome = taken.code();
            switch (taken) {
                case Taken.Committed(Receipt receipt) -> committed(receipt);
                case Taken.AlreadyCommitted(Receipt receipt) ->
                    LOG.infof(
                            "already committed: file=%s generation=%d key=%s",
                            file.id(), receipt.generation(), file.key());
                case Taken.Superseded() ->
                    LOG.infof(
                            "superseded: file=%s key=%s: another content was put at the key before this one was read",
                            file.id(), file.key());
                case Taken.Poisoned(var reason, String detail) -> {
                    span.failed(reason.code());
                    LOG.debugf("poisoned: file=%s key=%s reason=%s: %s", file.id(), file.key(), reason.code(), detail);
                }
                case Taken.Postponed(String detail) ->
                    LOG.warnf("postponed: file=%s key=%s: %s", file.id(), file.key(), detail);
            }
            return taken;
        }

        private void committed(Receipt receipt) {
            Receipt.Records records = receipt.records();
            count("accepted", records.accepted());
            count("rejected", records.rejected());
            count("unreadable", records.unreadable());
            receipt.violations()
                    .forEach((code, count) -> Meters.add(meters, Instruments.VIOLATIONS, count, dataset, code));
            Meters.add(meters, Instruments.SOURCE_BYTES, receipt.size(), dataset);
            receipt.outputs()
                    .forEach(output -> Meters.add(
                            meters,
                            Instruments.OUTPUT_BYTES,
                            output.size(),
                            dataset,
                            output.outcome().code()));
            if (via == Via.EVENT && receipt.generation() == 1) {
                Meters.record(
                        meters,
                        Instruments.COMMIT_LAG,
                        Duration.between(receipt.lastModified(), receipt.committedAt()),
                        dataset);
            }
            span.with("winnow.generation", receipt.generation())
                    .with("winnow.records.accepted", records.accepted())
                    .with("winnow.records.rejected", records.rejected())
                    .with("winnow.records.unreadable", records.unreadable());
            long millis = since(begun).toMillis();
            Map<String, Object> facts = Map.of(
                    "generation", receipt.generation(),
                    "via", via.code(),
                    "read", records.read(),
                    "accepted", records.accepted(),
                    "rejected", records.rejected(),
                    "unreadable", records.unreadable(),
                    "size", file.size(),
                    "ms", millis);
            facts.forEach(MDC::put);
            LOG.infof(
                    "committed: file=%s generation=%d dataset=%s via=%s key=%s read=%d accepted=%d rejected=%d unreadable=%d"
                            + " size=%d ms=%d",
                    file.id(),
                    receipt.generation(),
                    dataset,
                    via.code(),
                    file.key(),
                    records.read(),
                    records.accepted(),
                    records.rejected(),
                    records.unreadable(),
                    file.size(),
                    millis);
            facts.keySet().forEach(MDC::remove);
        }

        private void count(String decision, long records) {
            Meters.add(meters, Instruments.RECORDS, records, dataset, decision);
        }

        @Override
        public void close() {
            inWork.decrementAndGet();
            Meters.record(meters, Instruments.FILES, since(begun), dataset, outcome, via.code());
            span.with("winnow.outcome", outcome);
            if (outcome.equals(BROKEN)) {
                span.failed(BROKEN);
            }
            span.close();
            MDC.remove("fileId");
            MDC.remove("dataset");
        }

        private static Duration since(long begin) {
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }
}
