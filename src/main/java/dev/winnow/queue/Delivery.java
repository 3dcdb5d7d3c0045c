package dev.winnow.queue;

import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// One delivery of a message.
///
/// @param receiveCount how often SQS has delivered it, this time included, as far as it knows
/// @param last         whether the queue allows no further delivery
record Delivery(Message message, int receiveCount, boolean last) {

    static Delivery of(Message message, Queue queue) {
        int count = Integer.parseInt(
                message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
        return new Delivery(message, count, queue.isLast(count));
    }

    String body() {
        return message.body();
    }

    String messageId() {
        return message.messageId();
    }
}
