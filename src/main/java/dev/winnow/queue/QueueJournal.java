package dev.winnow.queue;

import dev.winnow.sqs.Attributes;
import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.Queues;
import dev.winnow.telemetry.Instruments;
import dev.winnow.telemetry.Meters;
import dev.winnow.telemetry.Traced;
import dev.winnow.telemetry.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// What is told of messages: their meters and the span of the work on each.
///
/// Only messages that SQS hands over are told of, never who sent them or what is in them.
@Singleton
final class QueueJournal {

    private static final String SYSTEM = "aws_sqs";
    private static final String OK = "ok";
    private static final String FAILED = "failed";

    private final MeterRegistry meters;
    private final Tracing tracing;
    private final Clock clock;
    private final String queue;

    QueueJournal(MeterRegistry meters, Tracing tracing, Clock clock, Queues queues) {
        this.meters = meters;
        this.tracing = tracing;
        this.clock = clock;
        this.queue = queues.source().name();
        // What alarms look for is there before it happens: a rate over a series that begins with 1 is 0, and one over
        // none is no number, so that a service that receives nothing from its start on would be none that receives 0.
        Meters.counter(meters, Instruments.MESSAGES_RECEIVED, SYSTEM, queue, "receive");
        for (String result : List.of(OK, FAILED)) {
            Meters.counter(meters, Instruments.HEARTBEATS, result);
            Meters.counter(meters, Instruments.SETTLEMENTS, "done", result);
            Meters.counter(meters, Instruments.SETTLEMENTS, "again", result);
        }
    }

    /// Lets the messages in hand be counted.
    void watch(Workload work) {
        Meters.watch(meters, Instruments.MESSAGES_IN_HAND, work::size);
    }

    void received(List<Message> messages) {
        Meters.add(meters, Instruments.MESSAGES_RECEIVED, messages.size(), SYSTEM, queue, "receive");
        messages.forEach(message -> sent(message).ifPresent(this::waited));
    }

    private void waited(long sentAtMillis) {
        // The clocks are two machines'.
        long waited = Math.max(0, clock.millis() - sentAtMillis);
        Meters.record(meters, Instruments.MESSAGE_WAIT, Duration.ofMillis(waited));
    }

    /// When a message was sent, if this is its first delivery.
    private static Optional<Long> sent(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        return "1".equals(attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                ? Optional.ofNullable(attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP))
                        .map(Long::valueOf)
                : Optional.empty();
    }

    /// Begins the work on a message, up to its settlement.
    Work begin(Delivery delivery) {
        return new Work(delivery);
    }

    void settled(Settlement settlement) {
        told(settlement, OK);
    }

    void notSettled(Settlement settlement) {
        told(settlement, FAILED);
    }

    private void told(Settlement settlement, String result) {
        String code = switch (settlement) {
            case Settlement.Done() -> "done";
            case Settlement.Again(Duration _) -> "again";
        };
        Meters.add(meters, Instruments.SETTLEMENTS, 1, code, result);
    }

    void heartbeats(int extended, int failed) {
        Meters.add(meters, Instruments.HEARTBEATS, extended, OK);
        Meters.add(meters, Instruments.HEARTBEATS, failed, FAILED);
    }

    void ignored(String why) {
        Meters.add(meters, Instruments.EVENTS_IGNORED, 1, why);
    }

    /// The work on one delivery.
    final class Work implements AutoCloseable {

        private final Traced span;
        private final long begun = System.nanoTime();

        private Work(Delivery delivery) {
            // A notice that SQS itself moved back has its own end in the trace that it tells of.
            Optional<String> told = delivery.attribute(Attributes.TRACE_PARENT);
            this.span = tracing.message(
                            queue,
                            Map.of(
                                    "messaging.system",
                                    SYSTEM,
                                    "messaging.destination.name",
                                    queue,
                                    "messaging.operation.name",
                                    "process",
                                    "messaging.operation.type",
                                    "process",
                                    "messaging.message.id",
                                    delivery.messageId()),
                            delivery.isNotice() ? Optional.empty() : told,
                            delivery.isNotice() ? Optional.empty() : delivery.awsTraceHeader(),
                            delivery.isNotice() ? told : delivery.attribute(Attributes.TRACE_LINK))
                    .with("winnow.message.deliveries", delivery.receiveCount());
        }

        @Override
        public void close() {
            Meters.record(
                    meters,
                    Instruments.MESSAGES_PROCESSED,
                    Duration.ofNanos(System.nanoTime() - begun),
                    SYSTEM,
                    queue,
                    "process");
            span.close();
        }
    }
}
