package dev.winnow.queue;

import dev.winnow.sqs.Queue;
import dev.winnow.sqs.Queues;
import dev.winnow.telemetry.Bug;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/// The messages that this process holds, from the moment SQS hands them over until they are settled.
///
/// A heartbeat extends the visibility of all of them, also of those that wait for a place, and a bound keeps a busy
/// process from hoarding messages that an idle one could take. Some of those that wait long, as for a place for a large
/// file, are set aside, where they take no room from others.
@Singleton
final class InHand implements Workload {

    /// SQS takes at most ten entries in one batch.
    private static final int BATCH = 10;

    private static final Logger LOG = Logger.getLogger(InHand.class);

    private final SqsClient sqs;
    private final Queue queue;
    private final QueueJournal journal;
    private final Semaphore room;
    private final Semaphore roomAside;
    private final Set<String> aside = ConcurrentHashMap.newKeySet();
    private final Map<String, State> messages = new ConcurrentHashMap<>();
    private final Thread heart = Thread.ofVirtual().name("heartbeat").unstarted(this::beat);
    private volatile boolean stopping;

    private enum State {
        WAITING,
        IN_WORK,
        GOING_BACK
    }

    InHand(SqsClient sqs, Queues queues, Capacity capacity, QueueJournal journal) {
        this.sqs = sqs;
        this.queue = queues.source();
        this.journal = journal;
        this.room = new Semaphore(2 * capacity.messages());
        this.roomAside = new Semaphore(2 * capacity.large());
        journal.watch(this);
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
            sendBack(State.WAITING);
            return List.of();
        }
        return received;
    }

    /// Sets a message aside that may wait long, as far as there is room for that; otherwise it stays where it is.
    synchronized void setAside(Message message) {
        if (messages.containsKey(message.receiptHandle()) && roomAside.tryAcquire()) {
            aside.add(message.receiptHandle());
            room.release();
        }
    }

    /// Marks a message as in work.
    ///
    /// @return false when it went back to the queue since it was received, and must not be worked on
    boolean begin(Message message) {
        return messages.replace(message.receiptHandle(), State.WAITING, State.IN_WORK);
    }

    /// Forgets a message that is settled.
    void settled(Message message) {
        forget(message.receiptHandle());
    }

    @Override
    public int size() {
        return messages.size();
    }

    /// Sends what waits back to the queue, waits for what is in work, then sends that back too.
    void drain(Duration patience) throws InterruptedException {
        stopping = true;
        sendBack(State.WAITING);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!messages.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        int unfinished = sendBack(State.IN_WORK);
        if (unfinished > 0) {
            LOG.warnf("stopped with %d files unfinished: their messages went back to the queue", unfinished);
        }
    }

    @PreDestroy
    void stop() {
        heart.interrupt();
    }

    /// Sends all messages of a state back to the queue. They are marked first, so that none of them can still be
    /// begun, and no heartbeat comes in between to hide them again.
    ///
    /// @return how many
    private synchronized int sendBack(State from) {
        List<String> handles = messages.keySet().stream()
                .filter(handle -> messages.replace(handle, from, State.GOING_BACK))
                .toList();
        changeVisibility(handles, Duration.ZERO);
        for (String handle : handles) {
            forget(handle);
        }
        return handles.size();
    }

    private void forget(String handle) {
        if (messages.remove(handle) != null) {
            (aside.remove(handle) ? roomAside : room).release();
        }
    }

    private synchronized void keep() {
        List<String> handles = List.copyOf(messages.keySet());
        int failed = changeVisibility(handles, queue.visibility());
        journal.heartbeats(handles.size() - failed, failed);
    }

    /// Three beats to a visibility time-out, so that one may fail.
    private void beat() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(Math.max(1000, queue.visibility().toMillis() / 3));
                try {
                    keep();
                } catch (RuntimeException | Error e) {
                    // A bug, or out of memory: the next beat must come all the same.
                    LOG.error("Cannot extend the visibility of the messages in hand", Bug.of(e));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more heartbeats: the service stops");
        }
    }

    /// A failure is logged and no more: the protocol holds even when a message is delivered to two workers.
    ///
    /// @return of how many messages the visibility could not be changed
    private int changeVisibility(Collection<String> handles, Duration visibility) {
        List<String> all = List.copyOf(handles);
        int failed = 0;
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
                // What was settled while the call was under way is rightly refused.
                List<BatchResultErrorEntry> refused = sqs
                        .changeMessageVisibilityBatch(
                                request -> request.queueUrl(queue.url()).entries(entries))
                        .failed()
                        .stream()
                        .filter(it -> messages.containsKey(
                                entries.get(Integer.parseInt(it.id())).receiptHandle()))
                        .toList();
                failed += refused.size();
                if (!refused.isEmpty()) {
                    LOG.warnf(
                            "Cannot change the visibility of %d messages: %s",
                            refused.size(), refused.getFirst().code());
                }
            } catch (SdkException e) {
                failed += entries.size();
                LOG.warnf("Cannot change the visibility of %d messages: %s", entries.size(), e.getMessage());
            }
        }
        return failed;
    }
}
