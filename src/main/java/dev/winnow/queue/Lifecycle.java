package dev.winnow.queue;

import dev.winnow.object.BucketConfig;
import dev.winnow.object.ObjectStore;
import dev.winnow.sqs.Queues;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Starts only where bucket and queues are there, and stops without leaving a message stranded.
@Singleton
final class Lifecycle {

    private static final Logger LOG = Logger.getLogger("dev.winnow");

    private final BucketConfig bucket;
    private final QueueConfig config;
    private final ObjectStore store;
    private final Queues queues;
    private final InHand inHand;
    private final PollingSqsClient polling;

    Lifecycle(
            BucketConfig bucket,
            QueueConfig config,
            ObjectStore store,
            Queues queues,
            InHand inHand,
            PollingSqsClient polling) {
        this.bucket = bucket;
        this.config = config;
        this.store = store;
        this.queues = queues;
        this.inHand = inHand;
        this.polling = polling;
    }

    /// Runs before the connector starts to poll.
    ///
    /// @param worker made now, so that a setting it cannot work with ends the start and not the first message
    void start(@Observes @Priority(10) StartupEvent event, MessageWorker worker) {
        store.check();
        if (queues.source().maxReceiveCount().isEmpty()) {
            LOG.warn("the queue has no redrive policy: a message that crashes the service would come back for ever");
        }
        LOG.infof(
                "taking files from bucket %s, announced on %s",
                bucket.bucket(), queues.source().url());
    }

    /// Runs before anything is torn down.
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        long begin = System.nanoTime();
        polling.stop();
        inHand.drain(config.drain());
        polling.finish(config.drain().minusNanos(System.nanoTime() - begin));
    }
}
