package dev.winnow.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.file.SourceFile;
import dev.winnow.object.Bucket;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ObjectStore;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.Guests;
import dev.winnow.pipeline.Intakes;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Prefixes;
import dev.winnow.sqs.Attributes;
import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.FakeSqs;
import dev.winnow.sqs.Outbox;
import dev.winnow.sqs.Queues;
import dev.winnow.sqs.QueuesConfig;
import dev.winnow.sqs.SingleObjectNotification;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// The dead letters, wired by hand over two queues and a bucket in memory, with a clock that only the test moves.
///
/// The queue hides messages for 3 s and allows 5 deliveries.
public final class Registry {

    public static final int VISIBILITY_SECONDS = 3;
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final SmallRyeConfig CONFIG = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(QueuesConfig.class)
            .withMapping(BucketConfig.class)
            .withMapping(Prefixes.class)
            .withMapping(RedriveConfig.class)
            .withSources(new PropertiesConfigSource(
                    Map.of(
                            "winnow.bucket", Bucket.NAME,
                            "winnow.queue", "files",
                            "winnow.dead-letter-queue", "given-up"),
                    "the registry under test",
                    100))
            .build();

    private volatile Instant now = START;

    public final FakeSqs sqs = new FakeSqs();
    public final String source = sqs.create(
            "files",
            Map.of(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                    Integer.toString(VISIBILITY_SECONDS),
                    QueueAttributeName.REDRIVE_POLICY,
                    "{\"maxReceiveCount\":5}",
                    QueueAttributeName.QUEUE_ARN,
                    "arn:aws:sqs:eu-west-1:000000000000:files"));
    public final String givenUp = sqs.create(
            "given-up",
            Map.of(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                    "30",
                    QueueAttributeName.QUEUE_ARN,
                    "arn:aws:sqs:eu-west-1:000000000000:given-up"));
    public final Bucket bucket = new Bucket();
    public final ObjectStore store = bucket.store();
    public final MeterRegistry meters = new SimpleMeterRegistry();
    public final ObjectMapper json = new ObjectMapper();
    public final Layout layout = new Layout(CONFIG.getConfigMapping(Prefixes.class));
    public final BucketConfig bucketConfig = CONFIG.getConfigMapping(BucketConfig.class);
    public final RedriveConfig redriveConfig = CONFIG.getConfigMapping(RedriveConfig.class);
    public final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    public final Queues queues = new Queues(sqs, CONFIG.getConfigMapping(QueuesConfig.class), json);
    public final Outbox outbox = new Outbox(sqs, queues);
    public final FileIntake intake = Intakes.over(store, layout, clock, new Guests());
    public final DeadLetters register = new DeadLetters(store, layout);
    public final DeadLetterIndex index = new DeadLetterIndex(store, layout);
    public final DeadLetterOffice office = new DeadLetterOffice(sqs, queues, register, clock, meters);
    public final Reconciliation reconciliation = new Reconciliation(
            new DeadLetterQueue(sqs, queues),
            new NoticeJudge(register, office, intake, outbox, json, bucketConfig, layout, clock));

    public Registry() {
        sqs.pass(Duration.between(Instant.EPOCH, START));
    }

    /// Moves every clock.
    public void pass(Duration time) {
        now = now.plus(time);
        sqs.pass(time);
        bucket.pass(time);
    }

    /// Puts a file that cannot be read, and gives it up as its event's worker does.
    public SourceFile giveUp(String name, Grounds grounds) {
        SourceFile file = bucket.put("incoming/guests/" + name, "nome\n" + name + "\n");
        office.giveUp(delivery("m-" + name, SingleObjectNotification.of(file), 1, Map.of()), file, grounds);
        return file;
    }

    /// The entry of a file.
    public Optional<DeadLetter> entry(SourceFile file) {
        return register.find(file);
    }

    /// The notices sent to the dead-letter queue so far, gone ones included.
    public List<SendMessageRequest> notices() {
        return sent(givenUp);
    }

    /// The messages sent to a queue so far, gone ones included.
    public List<SendMessageRequest> sent(String queueUrl) {
        return sqs.requests(SendMessageRequest.class).stream()
                .filter(request -> request.queueUrl().equals(queueUrl))
                .toList();
    }

    /// A message's attributes, all of which are texts.
    public static Map<String, String> attributes(SendMessageRequest message) {
        Map<String, String> attributes = new TreeMap<>();
        message.messageAttributes().forEach((name, value) -> attributes.put(name, value.stringValue()));
        return attributes;
    }

    /// One delivery of a message, of the five that the queue allows.
    public Delivery delivery(String messageId, String body, int receiveCount, Map<String, String> attributes) {
        Message message = Message.builder()
                .messageId(messageId)
                .receiptHandle(messageId + '#' + receiveCount)
                .body(body)
                .messageAttributes(Attributes.of(attributes))
                .build();
        return new Delivery(message, receiveCount, queues.source().isLast(receiveCount));
    }
}
