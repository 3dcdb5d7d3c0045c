package dev.winnow.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.Intakes;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Prefixes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// The whole edge, wired by hand over a queue and a bucket in memory.
///
/// The queue hides messages for 3 s, so that a heart beats every second, and allows 5 deliveries; 2 files are in work
/// at once, so that 4 messages may be in hand.
final class Edge {

    static final int ROOM = 4;
    static final int VISIBILITY_SECONDS = 3;
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final SmallRyeConfig CONFIG = configured("25S");

    final ObjectMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    final FakeSqs sqs = new FakeSqs();
    final String source = sqs.create(
            "files",
            Map.of(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                    Integer.toString(VISIBILITY_SECONDS),
                    QueueAttributeName.REDRIVE_POLICY,
                    "{\"maxReceiveCount\":5}"));
    final String givenUp = sqs.create("given-up", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30"));
    final Bucket bucket = new Bucket();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final QueueConfig config = CONFIG.getConfigMapping(QueueConfig.class);
    final Queues queues = new Queues(sqs, config, json);
    final Layout layout = new Layout(CONFIG.getConfigMapping(Prefixes.class));
    final Settler settler = new Settler(sqs, queues);

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    private static SmallRyeConfig configured(String drain) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(QueueConfig.class)
                .withMapping(BucketConfig.class)
                .withMapping(Prefixes.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "winnow.bucket", Bucket.NAME,
                                "winnow.queue", "files",
                                "winnow.dead-letter-queue", "given-up",
                                "winnow.concurrency", "2",
                                "winnow.drain", drain),
                        "the edge under test",
                        100))
                .build();
    }

    /// The configuration with another time for a stop.
    static QueueConfig withDrain(String drain) {
        return configured(drain).getConfigMapping(QueueConfig.class);
    }

    /// Takes messages in hand, with a heart that beats until it is stopped.
    InHand inHand() {
        return new InHand(sqs, queues, config);
    }

    DeadLetterOffice deadLetters() {
        return new DeadLetterOffice(sqs, queues, bucket.store(), layout, json, clock, meters);
    }

    MessageWorker worker() {
        FileIntake intake = Intakes.over(bucket.store(), layout, clock, new Guests());
        return new MessageWorker(
                json,
                CONFIG.getConfigMapping(BucketConfig.class),
                layout,
                intake,
                deadLetters(),
                new Backoff(config),
                meters);
    }

    /// The notices sent to the dead-letter queue.
    List<SendMessageRequest> notices() {
        return sqs.requests(SendMessageRequest.class).stream()
                .filter(request -> request.queueUrl().equals(givenUp))
                .toList();
    }

    /// How much room there is for messages; where there is none, that is known after a second.
    static int room(InHand inHand) throws InterruptedException, ExecutionException {
        FutureTask<Integer> reserved = new FutureTask<>(() -> inHand.reserve(100));
        Thread.ofVirtual().start(reserved);
        try {
            int room = reserved.get(1, TimeUnit.SECONDS);
            inHand.giveBack(room);
            return room;
        } catch (TimeoutException e) {
            reserved.cancel(true);
            return 0;
        }
    }

    /// A notice's attributes, all of which are texts.
    static Map<String, String> attributes(SendMessageRequest notice) {
        Map<String, String> attributes = new TreeMap<>();
        notice.messageAttributes().forEach((name, value) -> attributes.put(name, value.stringValue()));
        return attributes;
    }

    /// One delivery of a message, of the five that the queue allows.
    Delivery delivery(String messageId, String body, int receiveCount) {
        Message message = Message.builder()
                .messageId(messageId)
                .receiptHandle(messageId + '#' + receiveCount)
                .body(body)
                .build();
        return new Delivery(message, receiveCount, queues.source().isLast(receiveCount));
    }

    /// The event of one file as it stands among a body's records.
    String event(SourceFile file) {
        String body = SingleObjectNotification.of(file);
        return body.substring("{\"Records\":[".length(), body.length() - "]}".length());
    }
}
