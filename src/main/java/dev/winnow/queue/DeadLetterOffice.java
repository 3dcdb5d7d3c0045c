package dev.winnow.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.file.SourceFile;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Layout;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// Gives messages up: a notice with its reason in the dead-letter queue, and for a file an entry in the bucket.
///
/// The notice is sent first, so a crash in between gives a second notice and never none. The original message
/// is deleted only after both.
@Singleton
final class DeadLetterOffice {

    private static final Logger LOG = Logger.getLogger("dev.winnow.dead-letter");

    /// SQS allows no more in one attribute than in the message, and a detail is a sentence.
    private static final int LONGEST_ATTRIBUTE = 1024;

    /// Folders' names that lead elsewhere in a store which keeps objects as files.
    private static final Set<String> NO_FOLDER = Set.of("", ".", "..");

    private final SqsClient sqs;
    private final Queue queue;
    private final ObjectStore store;
    private final Layout layout;
    private final ObjectMapper json;
    private final Clock clock;
    private final MeterRegistry meters;

    DeadLetterOffice(
            SqsClient sqs,
            Queues queues,
            ObjectStore store,
            Layout layout,
            ObjectMapper json,
            Clock clock,
            MeterRegistry meters) {
        this.sqs = sqs;
        this.queue = queues.deadLetters();
        this.store = store;
        this.layout = layout;
        this.json = json;
        this.clock = clock;
        this.meters = meters;
    }

    /// Gives up a message that names nothing which could be taken in.
    void giveUp(Delivery delivery, Grounds grounds) {
        send(delivery, delivery.body(), grounds, Map.of());
    }

    /// Gives up one file that a message names. The source stays where it is.
    ///
    /// When the store is out of reach on the last delivery there is a notice and no entry.
    void giveUp(Delivery delivery, SourceFile file, Grounds grounds) {
        String dataset = layout.dataset(file.key())
                .filter(name -> !NO_FOLDER.contains(name))
                .orElse("unknown");
        String entry = layout.deadLetter(dataset, file.id());
        if (isNoted(entry, delivery)) {
            return;
        }
        Map<String, String> attributes = new HashMap<>();
        attributes.put("fileId", file.id().value());
        attributes.put("dataset", dataset);
        attributes.put("bucket", file.bucket());
        attributes.put("key", file.key());
        send(delivery, SingleObjectNotification.of(file), grounds, attributes);
        try {
            DeadLetter letter = DeadLetter.of(file, dataset, grounds, delivery, clock.instant());
            store.createIfAbsent(entry, bytes(letter), "application/json");
        } catch (StoreUnavailableException e) {
            if (!delivery.last()) {
                throw e;
            }
            LOG.warnf("no dead-letter entry: file=%s: %s", file.id(), e.getMessage());
        }
    }

    /// Whether an entry was made for an earlier delivery of the same message, so that its notice was sent already.
    private boolean isNoted(String entry, Delivery delivery) {
        try {
            Optional<byte[]> noted = store.read(entry);
            return noted.isPresent()
                    && delivery.messageId()
                            .equals(json.readTree(noted.get()).path("messageId").asText());
        } catch (StoreUnavailableException e) {
            // Better a second notice than none.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a dead-letter entry: it is not JSON", e);
        }
    }

    private void send(Delivery delivery, String body, Grounds grounds, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> all = new HashMap<>();
        attributes.forEach((name, value) -> all.put(name, attribute(value)));
        all.put("reason", attribute(grounds.reason().code()));
        all.put("detail", attribute(grounds.detail()));
        all.put("messageId", attribute(delivery.messageId()));
        sqs.sendMessage(
                request -> request.queueUrl(queue.url()).messageBody(body).messageAttributes(all));
        Counter.builder("winnow.dead.letters")
                .description("Dead letters by reason")
                .tag("reason", grounds.reason().code())
                .register(meters)
                .increment();
        LOG.warnf(
                "dead letter: reason=%s file=%s key=%s message=%s: %s",
                grounds.reason().code(),
                attributes.getOrDefault("fileId", "none"),
                attributes.getOrDefault("key", "none"),
                delivery.messageId(),
                grounds.detail());
    }

    private byte[] bytes(DeadLetter letter) {
        try {
            return json.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(letter)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write a dead-letter entry as JSON", e);
        }
    }

    /// SQS refuses an attribute with characters that XML 1.0 lacks, which a key may hold.
    private static MessageAttributeValue attribute(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints()
                .map(point -> isXmlCharacter(point) ? point : 0xFFFD)
                .limit(LONGEST_ATTRIBUTE)
                .forEach(text::appendCodePoint);
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(text.toString())
                .build();
    }

    private static boolean isXmlCharacter(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
