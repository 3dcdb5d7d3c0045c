package dev.winnow.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.SourceFile;
import dev.winnow.notification.Command;
import dev.winnow.object.Bucket;
import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.FakeSqs;
import dev.winnow.sqs.Queues;
import dev.winnow.sqs.SingleObjectNotification;
import dev.winnow.telemetry.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// The whole edge, wired by hand over a queue and a bucket in memory.
///
/// The queue hides messages for 3 s, so that a heart beats every second; 2 files are in work at once, so that 4
/// messages may be in hand.
final class Edge {

    static final int ROOM = 4;

    /// From how many bytes on a file is large; one may be in work at once, and two are set aside.
    static final long LARGE = 1000;
    static final int VISIBILITY_SECONDS = Registry.VISIBILITY_SECONDS;

    private static final SmallRyeConfig CONFIG = configured("25S");

    final Registry registry = new Registry();
    final ObjectMapper json = registry.json;
    final FakeSqs sqs = registry.sqs;
    final String source = registry.source;
    final String givenUp = registry.givenUp;
    final Bucket bucket = registry.bucket;
    final MeterRegistry meters = registry.meters;
    final QueueConfig config = CONFIG.getConfigMapping(QueueConfig.class);
    final Queues queues = registry.queues;
    final Capacity capacity = new Capacity(2, 1, LARGE - 1, "test");
    final QueueJournal journal = new QueueJournal(meters, Tracing.off(), registry.clock, queues);
    final Settler settler = new Settler(sqs, queues, journal);

    /// The commands that were carried out.
    final List<Command> carriedOut = new ArrayList<>();

    /// What happens when a command is carried out.
    Consumer<Command> carryingOut = command -> {};

    private static SmallRyeConfig configured(String drain) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(QueueConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("winnow.concurrency", "2", "winnow.drain", drain), "the edge under test", 100))
                .build();
    }

    /// The configuration with another time for a stop.
    static QueueConfig withDrain(String drain) {
        return configured(drain).getConfigMapping(QueueConfig.class);
    }

    /// Takes messages in hand, with a heart that beats until it is stopped.
    InHand inHand() {
        return new InHand(sqs, queues, capacity, journal);
    }

    MessageWorker worker() {
        return new MessageWorker(
                json,
                registry.bucketConfig,
                registry.layout,
                registry.intake,
                registry.office,
                command -> {
                    carryingOut.accept(command);
                    carriedOut.add(command);
                    return Optional.empty();
                },
                registry.redriveConfig,
                new Backoff(config),
                journal);
    }

    /// The notices sent to the dead-letter queue.
    List<SendMessageRequest> notices() {
        return registry.notices();
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

    /// One delivery of a message, of the five that the queue allows.
    Delivery delivery(String messageId, String body, int receiveCount) {
        return registry.delivery(messageId, body, receiveCount, Map.of());
    }

    /// The event of one file as it stands among a body's records.
    String event(SourceFile file) {
        String body = SingleObjectNotification.of(file);
        return body.substring("{\"Records\":[".length(), body.length() - "]}".length());
    }
}
