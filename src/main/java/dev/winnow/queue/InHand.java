package dev.winnow.queue;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/// The messages that this process holds, from the moment SQS hands them over until they are settled.
///
/// A heartbeat extends the visibility of all of them, also of those that wait for a free worker, and a bound
/// keeps a busy process from hoarding messages that an idle one could take.
@Singleton
final class InHand {

    /// SQS takes at most ten entries in one batch.
    private static final int BATCH = 10;

    private static final Logger LOG = Logger.getLogger(InHand.class);

    private final SqsClient sqs;
    private final Queue queue;
    private final Semaphore room;
    private final Map<String, State> messages = new ConcurrentHashMap<>();
    private final Thread heart = Thread.ofVirtual().name("heartbeat").unstarted(this::beat);
    private volatile boolean stopping;

    private enum State {
        WAITING,
        IN_WORK
    }

    InHand(SqsClient sqs, Queues queues, QueueConfig config) {
        this.sqs = sqs;
        this.queue = queues.source();
        this.room = new Semaphore(2 * config.concurrency());
        heart.start();
    }

    /// Waits until at least one message may be taken.
    ///
    /// @return how many, at most `most`, which must be given back by [#admit] or [#giveBack]
    int reserve(int most) throws InterruptedException {
        room.acquire();
        int reserved = 1;
        while (reserved < most && room.tryAcquire()) {
            reserved++;
        }
        return reserved;
    }

    /// Gives reserved room back that no message came for.
    void giveBack(int reserved) {
        room.release(reserved);
    }

    /// Takes messages in hand; their visibility is extended from now on. After a stop has begun they go
    /// straight back to the queue.
    ///
    /// @return those to work on
    List<Message> admit(List<Message> received) {
        received.forEach(message -> messages.put(message.receiptHandle(), State.WAITING));
        if (stopping) {
            release(received.stream().map(Message::receiptHandle).toList());
            return List.of();
        }
        return received;
    }

    /// Marks a message as in work.
    ///
    /// @return false when it went back to the queue since it was received, and must not be worked on
    boolean begin(Message message) {
        return messages.replace(message.receiptHandle(), State.WAITING, State.IN_WORK);
    }

    /// Forgets a message that is settled.
    void settled(Message message) {
        if (messages.remove(message.receiptHandle()) != null) {
            room.release();
        }
    }

    /// How many messages are in hand.
    int size() {
        return messages.size();
    }

    /// Sends what waits back to the queue, waits for what is in work, then sends that back too.
    void drain(Duration patience) throws InterruptedException {
        stopping = true;
        release(handles(State.WAITING));
        long deadline = System.nanoTime() + patience.toNanos();
        while (!messages.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        List<String> unfinished = handles(State.IN_WORK);
        if (!unfinished.isEmpty()) {
            LOG.warnf("stopping with %d files unfinished: their messages go back to the queue", unfinished.size());
            release(unfinished);
        }
    }

    @PreDestroy
    void stop() {
        heart.interrupt();
    }

    private List<String> handles(State state) {
        return messages.entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void release(List<String> handles) {
        changeVisibility(handles, Duration.ZERO);
        for (String handle : handles) {
            if (messages.remove(handle) != null) {
                room.release();
            }
        }
    }

    /// Three beats to a visibility time-out, so that one may fail.
    private void beat() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(Math.max(1000, queue.visibility().toMillis() / 3));
                changeVisibility(messages.keySet(), queue.visibility());
            }
        } catch (InterruptedException e) {
            LOG.debug("no more heartbeats: the service stops");
        }
    }

    /// A failure is logged and no more: the protocol holds even when a message is delivered to two workers.
    private void changeVisibility(Collection<String> handles, Duration visibility) {
        List<String> all = List.copyOf(handles);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (String handle : all.subList(from, Math.min(from + BATCH, all.size()))) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(handle)
                        .visibilityTimeout(Math.toIntExact(visibility.toSeconds()))
                        .build());
            }
            try {
                sqs.changeMessageVisibilityBatch(
                        request -> request.queueUrl(queue.url()).entries(entries));
            } catch (SdkException e) {
                LOG.warnf("Cannot extend the visibility of %d messages: %s", entries.size(), e.getMessage());
            }
        }
    }
}
