package dev.winnow.sqs;

import dev.winnow.receipt.Via;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// One delivery of a message.
///
/// @param receiveCount how often SQS has delivered it, this time included, as far as it knows
/// @param last         whether the queue allows no further delivery
public record Delivery(Message message, int receiveCount, boolean last) {

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

    /// The delivery that a queue's message is.
    public static Delivery of(Message message, Queue queue) {
        int count = Integer.parseInt(
                message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
        return new Delivery(message, count, queue.isLast(count));
    }

    public String body() {
        return message.body();
    }

    public String messageId() {
        return message.messageId();
    }

    /// One of Winnow's own attributes, where the message has it.
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(message.messageAttributes().get(name)).map(MessageAttributeValue::stringValue);
    }

    /// Where in a trace of AWS X-Ray the message was sent.
    public Optional<String> awsTraceHeader() {
        return Optional.ofNullable(message.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER));
    }

    /// Whether the message is a dead letter's notice: one in the dead-letter queue, or one that SQS itself moved
    /// back.
    public boolean isNotice() {
        return attribute(Attributes.REASON).isPresent();
    }

    /// The id of the first message of its kind: to come back from the dead letters, SQS gives a message a new
    /// one.
    public String origin() {
        return attribute(Attributes.MESSAGE_ID).orElseGet(this::messageId);
    }

    /// How often what the message is about has come back from the dead letters, this delivery included. A notice that
    /// SQS itself moved back tells how often it had before.
    public int redrives() {
        return isNotice() ? redrivesTold() + 1 : redrivesTold();
    }

    /// The count of redrives that the message bears.
    public int redrivesTold() {
        return attribute(Attributes.REDRIVES)
                .filter(text -> COUNT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(0);
    }

    /// What made the message come: an event, unless the message says otherwise.
    public Via via() {
        if (isNotice()) {
            return Via.REDRIVE;
        }
        String told = attribute(Attributes.VIA).orElse("");
        return Arrays.stream(Via.values())
                .filter(via -> via.code().equals(told))
                .findFirst()
                .orElse(Via.EVENT);
    }
}
