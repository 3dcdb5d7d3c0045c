package dev.winnow.queue;

import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.Queues;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.aws.sqs.SqsIncomingMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Where messages arrive from the connector, each on a virtual thread of its own, on which it waits for its place.
@ApplicationScoped
class Inbox {

    private final Queues queues;
    private final InHand inHand;
    private final Capacity capacity;
    private final Places places;
    private final MessageWorker worker;
    private final Settler settler;
    private final QueueJournal journal;

    Inbox(
            Queues queues,
            InHand inHand,
            Capacity capacity,
            Places places,
            MessageWorker worker,
            Settler settler,
            QueueJournal journal) {
        this.queues = queues;
        this.inHand = inHand;
        this.capacity = capacity;
        this.places = places;
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
        long size = worker.largest(message.body());
        if (capacity.isLarge(size)) {
            inHand.setAside(message);
        }
        try (Places.Place _ = places.take(size)) {
            if (inHand.begin(message)) {
                Delivery delivery = Delivery.of(message, queues.source());
                try (QueueJournal.Work _ = journal.begin(delivery)) {
                    settler.settle(message, worker.work(delivery));
                } finally {
                    inHand.settled(message);
                }
            }
        }
        return arrived.ack();
    }
}
