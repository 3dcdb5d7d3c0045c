package dev.winnow.queue;

import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.Queues;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.aws.sqs.SqsIncomingMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Where messages arrive from the connector, each on a virtual thread of its own.
@ApplicationScoped
class Inbox {

    private final Queues queues;
    private final InHand inHand;
    private final MessageWorker worker;
    private final Settler settler;
    private final QueueJournal journal;

    Inbox(Queues queues, InHand inHand, MessageWorker worker, Settler settler, QueueJournal journal) {
        this.queues = queues;
        this.inHand = inHand;
        this.worker = worker;
        this.settler = settler;
        this.journal = journal;
    }

    @Incoming("files")
    @RunOnVirtualThread
    CompletionStage<Void> receive(org.eclipse.microprofile.reactive.messaging.Message<String> arrived) {
        var message = arrived.getMetadata(SqsIncomingMetadata.class)
                .orElseThrow(() -> new IllegalStateException("Cannot settle a message that is not from SQS"))
                .getMessage();
        if (inHand.begin(message)) {
            Delivery delivery = Delivery.of(message, queues.source());
            try (QueueJournal.Work _ = journal.begin(delivery)) {
                settler.settle(message, worker.work(delivery));
            } finally {
                inHand.settled(message);
            }
        }
        return arrived.ack();
    }
}
