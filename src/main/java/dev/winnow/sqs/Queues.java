package dev.winnow.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.object.OutOfReachException;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The two queues, looked up once when the service starts.
@Singleton
public final class Queues {

    private final Queue source;
    private final Queue deadLetters;

    /// @throws ConfigurationException when a queue does not exist or cannot be reached
    @Inject
    public Queues(SqsClient sqs, QueuesConfig config, ObjectMapper json) {
        this.source = lookUp(sqs, json, config.queue(), "winnow.queue (WINNOW_QUEUE)");
        this.deadLetters =
                lookUp(sqs, json, config.deadLetterQueue(), "winnow.dead-letter-queue (WINNOW_DEAD_LETTER_QUEUE)");
    }

    /// The queue that announces files.
    public Queue source() {
        return source;
    }

    /// The queue for messages that Winnow gives up on.
    public Queue deadLetters() {
        return deadLetters;
    }

    private static Queue lookUp(SqsClient sqs, ObjectMapper json, String nameOrUrl, String key) {
        try {
            String url = url(sqs, nameOrUrl);
            Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(request -> request.queueUrl(url)
                            .attributeNames(
                                    QueueAttributeName.VISIBILITY_TIMEOUT,
                                    QueueAttributeName.REDRIVE_POLICY,
                                    QueueAttributeName.QUEUE_ARN))
                    .attributes();
            return new Queue(
                    url,
                    attributes.getOrDefault(QueueAttributeName.QUEUE_ARN, ""),
                    Duration.ofSeconds(
                            Long.parseLong(attributes.getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30"))),
                    maxReceiveCount(json, attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "{}")));
        } catch (SdkException e) {
            throw OutOfReachException.unlessSettled(
                    "Cannot use queue '" + nameOrUrl + "' of " + key + ": " + e.getMessage(), e);
        }
    }

    /// The URL of a queue.
    ///
    /// @throws SdkException when a name cannot be looked up
    static String url(SqsClient sqs, String nameOrUrl) {
        return nameOrUrl.startsWith("http://") || nameOrUrl.startsWith("https://")
                ? nameOrUrl
                : sqs.getQueueUrl(request -> request.queueName(nameOrUrl)).queueUrl();
    }

    private static OptionalInt maxReceiveCount(ObjectMapper json, String policy) {
        try {
            JsonNode count = json.readTree(policy).path("maxReceiveCount");
            return count.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(count.asInt());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot read the queue's redrive policy: it is not JSON", e);
        }
    }
}
