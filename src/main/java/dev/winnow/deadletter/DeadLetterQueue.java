package dev.winnow.deadletter;

import dev.winnow.sqs.Queue;
import dev.winnow.sqs.Queues;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The dead-letter queue: how much it holds, and what one pass over it sees.
///
/// SQS shows a message only by hiding it for a time and counting the look, so a pass gives back at its end what it
/// leaves there.
@Singleton
public final class DeadLetterQueue {

    /// SQS takes at most ten entries in one batch.
    private static final int BATCH = 10;

    /// How long a pass that dies hides what it has looked at.
    private static final Duration HIDDEN = Duration.ofMinutes(5);

    /// Long polling, since a short poll asks only some of SQS's servers and may find nothing where there is
    /// something.
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final SqsClient sqs;
    private final Queue queue;

    public DeadLetterQueue(SqsClient sqs, Queues queues) {
        this.sqs = sqs;
        this.queue = queues.deadLetters();
    }

    Queue queue() {
        return queue;
    }

    /// How much it holds, told without looking at a message.
    ///
    /// @throws software.amazon.awssdk.core.exception.SdkException when SQS cannot be asked
    public Depth depth() {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(request -> request.queueUrl(queue.url())
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return new Depth(
                count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private static long count(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Long.parseLong(attributes.getOrDefault(name, "0"));
    }

    /// The next messages, hidden from now on.
    List<Message> next() {
        return sqs.receiveMessage(request -> request.queueUrl(queue.url())
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds(Math.toIntExact(WAIT.toSeconds()))
                        .visibilityTimeout(Math.toIntExact(HIDDEN.toSeconds()))
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages();
    }

    /// Takes messages away. One that is refused is seen again by the next pass.
    void delete(List<Message> messages) {
        for (List<Message> batch : batches(messages)) {
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
            for (Message message : batch) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(message.receiptHandle())
                        .build());
            }
            sqs.deleteMessageBatch(request -> request.queueUrl(queue.url()).entries(entries));
        }
    }

    /// Shows messages again.
    void release(List<Message> messages) {
        for (List<Message> batch : batches(messages)) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (Message message : batch) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)
                        .build());
            }
            sqs.changeMessageVisibilityBatch(
                    request -> request.queueUrl(queue.url()).entries(entries));
        }
    }

    private static List<List<Message>> batches(List<Message> messages) {
        List<List<Message>> batches = new ArrayList<>();
        for (int from = 0; from < messages.size(); from += BATCH) {
            batches.add(messages.subList(from, Math.min(from + BATCH, messages.size())));
        }
        return batches;
    }
}
