package dev.winnow.queue;

import dev.winnow.sqs.Queues;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// Settles messages with SQS. A settlement that fails is logged and no more: the message comes again, and is
/// found done.
@Singleton
final class Settler {

    private static final Logger LOG = Logger.getLogger(Settler.class);

    private final SqsClient sqs;
    private final String queueUrl;

    Settler(SqsClient sqs, Queues queues) {
        this.sqs = sqs;
        this.queueUrl = queues.source().url();
    }

    void settle(Message message, Settlement settlement) {
        try {
            switch (settlement) {
                case Settlement.Done() ->
                    sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
                case Settlement.Again(Duration after) ->
                    sqs.changeMessageVisibility(request -> request.queueUrl(queueUrl)
                            .receiptHandle(message.receiptHandle())
                            .visibilityTimeout(Math.toIntExact(Math.ceilDiv(after.toMillis(), 1000L))));
            }
        } catch (SdkException e) {
            LOG.warnf("cannot settle message=%s, so it comes again: %s", message.messageId(), e.getMessage());
        }
    }
}
