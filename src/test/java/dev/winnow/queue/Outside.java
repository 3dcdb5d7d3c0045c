package dev.winnow.queue;

import static org.awaitility.Awaitility.await;

import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import dev.winnow.sqs.Queues;
import dev.winnow.sqs.SingleObjectNotification;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The world around the running service: senders who drop files, and whoever reads the bucket and the dead
/// letters.
@Singleton
class Outside {

    static final Duration SOON = Duration.ofSeconds(30);

    private final S3Client s3;
    private final SqsClient sqs;
    private final String bucket;
    private final String queueUrl;
    private final String deadLetterQueueUrl;
    private final List<Message> deadLetters = new ArrayList<>();

    Outside(S3Client s3, SqsClient sqs, Queues queues, @ConfigProperty(name = "winnow.bucket") String bucket) {
        this.s3 = s3;
        this.sqs = sqs;
        this.bucket = bucket;
        this.queueUrl = queues.source().url();
        this.deadLetterQueueUrl = queues.deadLetters().url();
    }

    /// Drops a file, which S3 announces by itself.
    SourceFile drop(String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String eTag = s3.putObject(
                        put -> put.bucket(bucket).key(key).contentType("text/csv"), RequestBody.fromBytes(bytes))
                .eTag();
        return new SourceFile(bucket, key, Optional.empty(), eTag.replace("\"", ""), bytes.length);
    }

    /// Announces files once more, or in S3's stead.
    void announce(List<SourceFile> files) {
        for (int from = 0; from < files.size(); from += 10) {
            List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
            for (SourceFile file : files.subList(from, Math.min(from + 10, files.size()))) {
                batch.add(SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(batch.size()))
                        .messageBody(SingleObjectNotification.of(file))
                        .build());
            }
            sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(batch));
        }
    }

    /// Sends any message with text attributes, and returns its id.
    String send(String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        return sqs.sendMessage(
                        request -> request.queueUrl(queueUrl).messageBody(body).messageAttributes(values))
                .messageId();
    }

    Optional<String> text(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asString(StandardCharsets.UTF_8));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    Optional<Receipt> receipt(SourceFile file) {
        return text("receipts/membership/" + file.id() + ".json")
                .map(text -> ReceiptJson.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    Receipt awaitReceipt(SourceFile file) {
        return await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .until(() -> receipt(file), Optional::isPresent)
                .orElseThrow();
    }

    /// Waits until the intake queue holds no message any more, hidden or not.
    void awaitAllSettled() {
        await().atMost(SOON).until(() -> depth() == 0);
    }

    /// How many messages the intake queue holds, hidden or not.
    int depth() {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /// Waits for a dead letter; all that arrive meanwhile are kept for [#deadLetters].
    Message awaitDeadLetter(Predicate<Message> wanted) {
        AtomicReference<Message> found = new AtomicReference<>();
        await().atMost(SOON).until(() -> {
            deadLetters().stream().filter(wanted).findFirst().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /// All dead letters so far.
    List<Message> deadLetters() {
        while (true) {
            List<Message> more = sqs.receiveMessage(request -> request.queueUrl(deadLetterQueueUrl)
                            .maxNumberOfMessages(10)
                            .messageAttributeNames("All"))
                    .messages();
            if (more.isEmpty()) {
                return deadLetters;
            }
            for (Message message : more) {
                sqs.deleteMessage(
                        request -> request.queueUrl(deadLetterQueueUrl).receiptHandle(message.receiptHandle()));
            }
            deadLetters.addAll(more);
        }
    }

    /// The value of a dead letter's attribute, empty where it has none.
    static String attribute(Message message, String name) {
        MessageAttributeValue value = message.messageAttributes().get(name);
        return value == null ? "" : value.stringValue();
    }
}
