package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.winnow.sqs.Attributes;
import dev.winnow.sqs.Delivery;
import dev.winnow.telemetry.TraceParent;
import dev.winnow.telemetry.Tracing;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class QueueJournalTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String W3C = "00-" + TRACE + '-' + PARENT + "-01";

    private final Edge edge = new Edge();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final QueueJournal traced = new QueueJournal(
            edge.meters,
            Tracing.over(OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                            .build())
                    .build()),
            edge.registry.clock,
            edge.queues);

    private SpanData spanOf(Delivery delivery) {
        try (QueueJournal.Work _ = traced.begin(delivery)) {
            assertThat(TraceParent.current()).isPresent();
        }
        return spans.getFinishedSpanItems().getLast();
    }

    private Delivery delivery(Map<String, String> attributes) {
        return edge.registry.delivery("m", "{}", 1, attributes);
    }

    @Test
    void aServiceThatReceivesNothingSaysSo() {
        assertThat(edge.meters
                        .get("messaging.client.consumed.messages")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void aMessageGoesOnWithTheTraceOfItsSender() {
        SpanData span = spanOf(delivery(Map.of(Attributes.TRACE_PARENT, W3C)));

        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(PARENT);
        assertThat(span.getName()).isEqualTo("process files");
    }

    @Test
    void theHeaderOfXRayCountsWhereThereIsNoOther() {
        Message message = Message.builder()
                .messageId("m")
                .body("{}")
                .attributes(Map.of(
                        MessageSystemAttributeName.AWS_TRACE_HEADER,
                        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"))
                .build();

        SpanData span = spanOf(new Delivery(message, 1, false));

        assertThat(span.getTraceId()).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(span.getParentSpanId()).isEqualTo("53995c3f42cd8ad8");
    }

    @Test
    void aNoticeThatComesBackIsLinkedAndBeginsATraceOfItsOwn() {
        SpanData span = spanOf(delivery(Map.of(Attributes.REASON, "csv.malformed", Attributes.TRACE_PARENT, W3C)));

        assertThat(span.getTraceId()).isNotEqualTo(TRACE);
        assertThat(span.getLinks())
                .singleElement()
                .extracting(LinkData::getSpanContext)
                .satisfies(context -> assertThat(context.getSpanId()).isEqualTo(PARENT));
    }

    @Test
    void whatIsNoTraceIsLeftAlone() {
        SpanData span = spanOf(delivery(Map.of(Attributes.TRACE_PARENT, "Zelda", Attributes.TRACE_LINK, "Zelda")));

        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getLinks()).isEmpty();
    }

    @Test
    void onlyTheFirstDeliveryTellsHowLongAMessageHasWaited() {
        edge.journal.received(List.of(sentAgo("1", Duration.ofSeconds(90)), sentAgo("2", Duration.ofHours(9))));

        Timer wait = edge.meters.get("winnow.message.wait").timer();
        assertThat(wait.count()).isOne();
        assertThat(wait.totalTime(TimeUnit.SECONDS)).isEqualTo(90);
        assertThat(edge.meters
                        .get("messaging.client.consumed.messages")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private Message sentAgo(String deliveries, Duration ago) {
        return Message.builder()
                .attributes(Map.of(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        deliveries,
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        Long.toString(edge.registry.clock.instant().minus(ago).toEpochMilli())))
                .build();
    }

    @Test
    void settlementsAreCountedByWhatBecameOfThem() {
        Message message = Message.builder().messageId("m").receiptHandle("m#1").build();
        edge.sqs.failNext(DeleteMessageRequest.class, SdkClientException.create("no route"));

        edge.settler.settle(message, new Settlement.Done());

        assertThat(count("winnow.settlements", "done", "failed")).isOne();
        assertThat(count("winnow.settlements", "done", "ok")).isZero();
    }

    @Test
    void heartbeatsAreCountedMessageByMessage() {
        InHand inHand = edge.inHand();
        try {
            edge.sqs.failNext(ChangeMessageVisibilityBatchRequest.class, SdkClientException.create("no route"));
            inHand.admit(List.of(
                    Message.builder().receiptHandle("a").build(),
                    Message.builder().receiptHandle("b").build()));

            await().until(() -> heartbeats("failed") == 2);
            await().until(() -> heartbeats("ok") >= 2);
            assertThat(edge.meters.get("winnow.messages.in.hand").gauge().value())
                    .isEqualTo(2);
        } finally {
            inHand.stop();
        }
    }

    private double heartbeats(String result) {
        return edge.meters
                .get("winnow.heartbeats")
                .tag("result", result)
                .counter()
                .count();
    }

    private double count(String name, String settlement, String result) {
        return edge.meters
                .get(name)
                .tags("settlement", settlement, "result", result)
                .counter()
                .count();
    }
}
