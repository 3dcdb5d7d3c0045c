package dev.winnow.sqs;

import dev.winnow.telemetry.Instruments;
import dev.winnow.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// How many messages the two queues hold, as SQS tells, for whoever scrapes this service.
///
/// SQS is asked on account of a scrape alone, at most once in `winnow.queue-figures.every` and on a thread of its own:
/// the scrape gets what the one before has brought. Where nobody scrapes nothing is asked. Every replica tells the
/// same figures, so take their maximum. Two calls a minute a replica are some 86,400 a month.
@Singleton
final class QueueFigures {

    private static final Logger LOG = Logger.getLogger("dev.winnow.queue-figures");

    /// After how many unanswered turns a figure is no longer told.
    private static final int STALE = 5;

    private final boolean receives;
    private final Duration every;
    private final MeterRegistry meters;
    private final Instance<SqsClient> sqs;
    private final Instance<Queues> queues;

    QueueFigures(
            @ConfigProperty(name = "mp.messaging.incoming.files.enabled", defaultValue = "true") boolean receives,
            QueueFiguresConfig config,
            MeterRegistry meters,
            Instance<SqsClient> sqs,
            Instance<Queues> queues) {
        this.receives = receives;
        this.every = config.every();
        this.meters = meters;
        this.sqs = sqs;
        this.queues = queues;
    }

    void start(@Observes StartupEvent event) {
        if (receives && every.isPositive()) {
            tell("source", queues.get().source());
            tell("dead-letters", queues.get().deadLetters());
        }
    }

    private void tell(String name, Queue queue) {
        Figures figures = new Figures(sqs.get(), queue, every);
        Meters.watch(
                meters,
                Instruments.QUEUE_MESSAGES,
                () -> figures.told(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                name,
                "visible");
        Meters.watch(
                meters,
                Instruments.QUEUE_MESSAGES,
                () -> figures.told(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                name,
                "in-flight");
        Meters.watch(
                meters,
                Instruments.QUEUE_MESSAGES,
                () -> figures.told(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
                name,
                "delayed");
    }

    /// One queue's figures, asked for anew when they are old.
    static final class Figures {

        private static final QueueAttributeName[] NAMES = {
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED
        };

        private final SqsClient sqs;
        private final Queue queue;
        private final Duration every;
        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile Map<QueueAttributeName, String> figures = Map.of();
        private volatile long answered = System.nanoTime();
        private volatile long asked;

        Figures(SqsClient sqs, Queue queue, Duration every) {
            this.sqs = sqs;
            this.queue = queue;
            this.every = every;
            this.asked = System.nanoTime() - every.toNanos();
        }

        /// The figure as SQS told it last; not a number while it has not, or not for long.
        double told(QueueAttributeName name) {
            long now = System.nanoTime();
            String figure = now - answered > STALE * every.toNanos() ? null : figures.get(name);
            if (now - asked >= every.toNanos() && asking.compareAndSet(false, true)) {
                asked = now;
                Thread.ofVirtual().name("queue figures").start(this::ask);
            }
            return figure == null ? Double.NaN : Double.parseDouble(figure);
        }

        private void ask() {
            try {
                figures = sqs.getQueueAttributes(
                                request -> request.queueUrl(queue.url()).attributeNames(NAMES))
                        .attributes();
                answered = System.nanoTime();
            } catch (SdkException e) {
                LOG.debugf("Cannot tell how many messages a queue holds: %s", e.getMessage());
            } finally {
                asking.set(false);
            }
        }
    }
}
