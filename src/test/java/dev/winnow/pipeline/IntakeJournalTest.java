package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.winnow.commit.Step;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Via;
import dev.winnow.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

final class IntakeJournalTest {

    private static final SourceFile FILE = new SourceFile("bucket", "incoming/guests/a.csv", Optional.empty(), "e", 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final IntakeJournal journal = new IntakeJournal(
            meters,
            Tracing.over(OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                            .build())
                    .build()));

    @Test
    void aStepIsASpanOfItsFileAndTimed() {
        try (IntakeJournal.Entry entry = journal.begin(FILE, Optional.of("guests"), Via.EVENT)) {
            entry.step(Step.start("attempt"), step -> step);
            entry.end(new Taken.Superseded());
        }

        SpanData step = spans.getFinishedSpanItems().getFirst();
        SpanData file = spans.getFinishedSpanItems().getLast();
        assertThat(step.getName()).isEqualTo("look");
        assertThat(step.getParentSpanId()).isEqualTo(file.getSpanId());
        assertThat(file.getName()).isEqualTo("take guests");
        assertThat(file.getAttributes().get(AttributeKey.stringKey("winnow.outcome")))
                .isEqualTo("superseded");
        assertThat(meters.get("winnow.steps")
                        .tags("step", "look", "result", "done")
                        .timer()
                        .count())
                .isOne();
        assertThat(meters.get("winnow.files")
                        .tags("dataset", "guests", "outcome", "superseded", "via", "event")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void aFaultIsToldByItsKindAndNotByItsWords() {
        try (IntakeJournal.Entry entry = journal.begin(FILE, Optional.of("guests"), Via.EVENT)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> entry.step(Step.start("attempt"), _ -> {
                        throw new IllegalStateException("Zelda");
                    }));
        }

        assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getStatus()).isEqualTo(StatusData.error());
            assertThat(span.getEvents()).isEmpty();
            assertThat(span.toString()).doesNotContain("Zelda");
        });
        assertThat(meters.get("winnow.files").tag("outcome", "broken").timer().count())
                .isOne();
    }

    @Test
    void aStoreThatDoesNotDoItIsUnavailableAndNoBug() {
        try (IntakeJournal.Entry entry = journal.begin(FILE, Optional.empty(), Via.SWEEP)) {
            try {
                entry.step(Step.start("attempt"), _ -> {
                    throw new StoreUnavailableException("S3 answers SlowDown");
                });
            } catch (StoreUnavailableException e) {
                entry.end(new Taken.Postponed("S3 answers SlowDown"));
            }
        }

        assertThat(meters.get("winnow.steps")
                        .tag("result", "unavailable")
                        .timer()
                        .count())
                .isOne();
        assertThat(meters.get("winnow.files")
                        .tags("dataset", "none", "outcome", "postponed")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void afterAFileNothingOfItIsLeftOnTheThread() {
        try (IntakeJournal.Entry entry = journal.begin(FILE, Optional.of("guests"), Via.EVENT)) {
            assertThat(MDC.get("traceId")).isNotNull();
            assertThat(MDC.get("fileId")).isEqualTo(FILE.id().value());
            entry.end(new Taken.Poisoned(Reason.FILE_EMPTY, "It is empty"));
        }

        assertThat(MDC.get("traceId")).isNull();
        assertThat(MDC.get("fileId")).isNull();
    }

    @Test
    void filesInWorkAreThoseThatAreBegunAndNotClosed() {
        try (IntakeJournal.Entry _ = journal.begin(FILE, Optional.of("guests"), Via.EVENT)) {
            assertThat(meters.get("winnow.files.in.work").gauge().value()).isOne();
        }

        assertThat(meters.get("winnow.files.in.work").gauge().value()).isZero();
    }
}
