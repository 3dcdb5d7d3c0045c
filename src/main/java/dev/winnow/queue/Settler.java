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
    private final QueueJournal journal;

    Settler(SqsClient sqs, Queues queues, QueueJournal journal) {
        this.sqs = sqs;
        this.queueUrl = queues.source().url();
        this.journal = journal;
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
            journal.settled(settlement);
        } catch (SdkException e) {
            journal.notSettled(settlement);
            LOG.warnf("cannot settle message=%s, so it comes again: %s", message.messageId(), e.getMessage());
        }
    }
}
