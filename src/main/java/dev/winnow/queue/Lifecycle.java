package dev.winnow.queue;

import dev.winnow.object.AtOnce;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ObjectStore;
import dev.winnow.sqs.Queue;
import dev.winnow.sqs.Queues;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Starts only where bucket and queues are there, and stops without leaving a message stranded. Where the channel is
/// off, as for a batch, there is neither.
@Singleton
final class Lifecycle {

    private static final Logger LOG = Logger.getLogger("dev.winnow");

    /// The key that turns the channel off.
    private static final String CHANNEL_ENABLED = "mp.messaging.incoming.files.enabled";

    private final boolean receives;
    private final BucketConfig bucket;
    private final QueueConfig config;
    private final Instance<Capacity> capacity;
    private final ObjectStore store;
    private final Instance<Queues> queues;
    private final Instance<InHand> inHand;
    private final Instance<PollingSqsClient> polling;

    Lifecycle(
            @ConfigProperty(name = CHANNEL_ENABLED, defaultValue = "true") boolean receives,
            BucketConfig bucket,
            QueueConfig config,
            Instance<Capacity> capacity,
            ObjectStore store,
            Instance<Queues> queues,
            Instance<InHand> inHand,
            Instance<PollingSqsClient> polling) {
        this.receives = receives;
        this.bucket = bucket;
        this.config = config;
        this.capacity = capacity;
        this.store = store;
        this.queues = queues;
        this.inHand = inHand;
        this.polling = polling;
    }

    /// Runs before the connector starts to poll.
    ///
    /// @param worker asked for at once, so that a setting it cannot work with ends the start and not the first
    /// message
    void start(@Observes @Priority(10) StartupEvent event, Instance<MessageWorker> worker) {
        if (!receives) {
            return;
        }
        // Each client's first call is its slowest.
        AtOnce clients = AtOnce::onThreads;
        clients.each(List.of(queues::get, store::check));
        worker.get();
        Queue source = queues.get().source();
        if (source.maxReceiveCount().isEmpty()) {
            LOG.warn("the queue has no redrive policy: a message that crashes the service would come back for ever");
        }
        Capacity most = capacity.get();
        LOG.infof(
                "working on up to %d messages at once, %d of them about files above %d MiB: %s",
                most.messages(), most.large(), most.largeFrom() >> 20, most.why());
        LOG.infof("taking files from bucket %s, announced on %s", bucket.bucket(), source.url());
    }

    /// Runs before anything is torn down.
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        if (!receives) {
            return;
        }
        long begin = System.nanoTime();
        polling.get().stop();
        inHand.get().drain(config.drain());
        polling.get().finish(config.drain().minusNanos(System.nanoTime() - begin));
    }
}
