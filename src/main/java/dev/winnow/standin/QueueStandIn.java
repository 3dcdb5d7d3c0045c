package dev.winnow.standin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.Terminated;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import scala.Function0;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// SQS in this JVM: ElasticMQ with the intake queue and its dead-letter queue.
///
/// Messages outlive a restart, kill -9 included, where the settings name a data folder.
final class QueueStandIn implements AutoCloseable {

    private static final Duration QUEUES_APPEAR_WITHIN = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Function0<Terminated> stop;
    private final SqsClient client;
    private final String queueUrl;

    private QueueStandIn(Function0<Terminated> stop, SqsClient client, String queueUrl) {
        this.stop = stop;
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /// Starts the server and returns once both queues answer: it makes them in the background.
    static QueueStandIn start(StandInSettings settings) {
        Function0<Terminated> stop = new ElasticMQServer(new ElasticMQServerConfig(configuration(settings))).start();
        SqsClient client = SqsClient.builder()
                .endpointOverride(settings.sqs())
                .region(Region.of(settings.region()))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        awaitQueue(client, settings.deadLetterQueue());
        return new QueueStandIn(stop, client, awaitQueue(client, settings.queue()));
    }

    /// Puts one message on the intake queue.
    void send(String body) {
        client.sendMessage(message -> message.queueUrl(queueUrl).messageBody(body));
    }

    @Override
    public void close() {
        client.close();
        stop.apply();
    }

    private static Config configuration(StandInSettings settings) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "node-address.port", settings.sqsPort(),
                "rest-sqs.bind-hostname", "127.0.0.1",
                "rest-sqs.bind-port", settings.sqsPort(),
                "aws.region", settings.region(),
                "queues",
                        Map.of(
                                settings.queue(),
                                Map.of(
                                        "defaultVisibilityTimeout",
                                        "60 seconds",
                                        "deadLettersQueue",
                                        Map.of("name", settings.deadLetterQueue(), "maxReceiveCount", 5)),
                                settings.deadLetterQueue(),
                                Map.of())));
        settings.data().ifPresent(data -> values.putAll(storage(data)));
        return ConfigFactory.parseMap(values).withFallback(ConfigFactory.load());
    }

    /// H2 writes each change at once, and does not close by itself on SIGTERM: the service still settles messages then.
    private static Map<String, Object> storage(Path data) {
        String url = "jdbc:h2:" + data.resolve("sqs/queues") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
        return Map.of("messages-storage.enabled", true, "messages-storage.uri", url);
    }

    private static String awaitQueue(SqsClient client, String name) {
        Instant deadline = Instant.now().plus(QUEUES_APPEAR_WITHIN);
        while (true) {
            try {
                return client.getQueueUrl(queue -> queue.queueName(name)).queueUrl();
            } catch (QueueDoesNotExistException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("Cannot start the SQS stand-in: it did not make " + name, e);
                }
                sleep();
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot start the SQS stand-in: interrupted", e);
        }
    }
}
