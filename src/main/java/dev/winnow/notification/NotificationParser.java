package dev.winnow.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.winnow.notification.Notification.Objects;
import dev.winnow.notification.Notification.TestEvent;
import dev.winnow.notification.Notification.Unreadable;
import java.util.List;

/// The reader of message bodies: S3's notifications, EventBridge's, either of them within SNS, and Winnow's own
/// commands.
///
/// The form is told by the body alone, so one queue may be fed in several ways, and the way may change while
/// messages wait. Safe for use by many threads.
public final class NotificationParser {

    /// How many SNS envelopes may lie around a body. One is what SNS puts there; a topic that feeds another adds
    /// one.
    private static final int MAX_ENVELOPES = 3;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ObjectReader json;
    private final Intake intake;

    /// @param json     the source of JSON's limits on depth and length
    /// @param bucket   the one bucket this service reads
    /// @param incoming the prefix of files to take in, ending in `/`
    public NotificationParser(ObjectMapper json, String bucket, String incoming) {
        // By default Jackson ignores what follows the first value and keeps the last of two equal fields: both would
        // hide an object that the body names.
        this.json = json.reader()
                .with(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        this.intake = new Intake(bucket, incoming);
    }

    /// What a body says. No body makes this throw: one that cannot be read is [Unreadable].
    public Notification parse(String body) {
        try {
            return read(body, 0);
        } catch (UnreadableException e) {
            return new Unreadable(e.detail());
        }
    }

    private Notification read(String text, int envelopes) throws UnreadableException {
        Place body = Place.root(object(text));
        if (body.has("Records")) {
            return new Objects(S3Notification.read(body.at("Records")).stream()
                    .map(intake::judge)
                    .toList());
        }
        if (body.has("detail-type")) {
            return new Objects(List.of(intake.judge(EventBridgeEvent.read(body))));
        }
        if (body.has("Type")) {
            return read(messageOfSns(body, envelopes), envelopes + 1);
        }
        if (body.at("Event").text().filter("s3:TestEvent"::equals).isPresent()) {
            return new TestEvent();
        }
        if (body.has("winnow")) {
            return CommandForm.read(body.at("winnow"));
        }
        throw new UnreadableException("The body is no notification of S3, EventBridge or SNS, and no command");
    }

    /// The body within an SNS envelope. Subscriptions are confirmed where they are made: a service that followed
    /// any confirmation's link would let whoever can write to the queue feed it from a topic of their own.
    private static String messageOfSns(Place envelope, int envelopes) throws UnreadableException {
        Place type = envelope.at("Type");
        switch (type.requiredText()) {
            case "Notification" -> {}
            case "SubscriptionConfirmation" ->
                throw new UnreadableException(
                        "The body asks to confirm an SNS subscription: confirm it with the topic's owner");
            case "UnsubscribeConfirmation" ->
                throw new UnreadableException(
                        "The body says that an SNS subscription has ended: nothing more comes from that topic");
            default -> throw type.unreadable("is not one that SNS sends");
        }
        if (envelopes == MAX_ENVELOPES) {
            throw new UnreadableException("The body lies in more than " + MAX_ENVELOPES + " SNS envelopes");
        }
        return envelope.at("Message").requiredText();
    }

    private JsonNode object(String text) throws UnreadableException {
        String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (unmarked.isBlank()) {
            throw new UnreadableException("The body is empty");
        }
        JsonNode node;
        try {
            node = json.readTree(unmarked);
        } catch (JsonProcessingException e) {
            // Its message and its cause quote the body.
            throw new UnreadableException(
                    "The body is not one JSON value, well formed, each field once, within the limits on depth and length");
        }
        if (!node.isObject()) {
            throw new UnreadableException("The body is JSON but not an object");
        }
        return node;
    }
}
