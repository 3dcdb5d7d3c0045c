package dev.winnow.queue;

import dev.winnow.sqs.Queues;
import dev.winnow.telemetry.Bug;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/// The client that the messaging connector polls with: it never fails, and every message it hands over is in
/// hand.
///
/// The connector ends its stream for good at the first error of a poll, and at a message whose `_classname`
/// attribute it cannot load. Here a failed poll is tried again with back-off for as long as the service runs,
/// and that attribute is taken off. The connector deletes nothing: settling is [Settler]'s.
///
/// A stop lets the poll under way come to its end: SQS may hand messages to a poll that nobody waits for any
/// more, and these would wait out their visibility. No poll waits longer than `winnow.drain`. The connector asks
/// on while everything is torn down: a client of the application's scope would be made anew for it, and know of no
/// stop.
@Alternative
@Priority(1)
@Singleton
class PollingSqsClient implements SqsAsyncClient {

    private static final Logger LOG = Logger.getLogger("dev.winnow.poll");

    /// The connector would load the class that a sender names here.
    private static final String CLASS_NAME_ATTRIBUTE = "_classname";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    /// How much sooner than a stop a poll ends.
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final SqsClient sqs;
    private final Queues queues;
    private final InHand inHand;
    private final QueueJournal journal;
    private final Duration longestWait;
    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();
    private volatile @Nullable Thread poller;
    private volatile boolean stopping;
    private volatile boolean asking;

    PollingSqsClient(SqsClient sqs, Queues queues, InHand inHand, QueueConfig config, QueueJournal journal) {
        this.sqs = sqs;
        this.queues = queues;
        this.inHand = inHand;
        this.journal = journal;
        this.longestWait = config.drain().minus(MARGIN);
    }

    @Override
    public String serviceName() {
        return SqsAsyncClient.SERVICE_NAME;
    }

    @Override
    public void close() {
        stop();
        giveUp();
    }

    /// The queue's URL is known from the start.
    @Override
    public CompletableFuture<GetQueueUrlResponse> getQueueUrl(GetQueueUrlRequest request) {
        return CompletableFuture.completedFuture(
                GetQueueUrlResponse.builder().queueUrl(queues.source().url()).build());
    }

    /// Completes once messages came, the wait ran out with none, or never after a stop.
    @Override
    public CompletableFuture<ReceiveMessageResponse> receiveMessage(ReceiveMessageRequest request) {
        CompletableFuture<ReceiveMessageResponse> response = new CompletableFuture<>();
        Thread thread =
                Thread.ofVirtual().name("poll").unstarted(() -> poll(request).ifPresent(response::complete));
        // A stop knows of this poll, or this poll of the stop.
        synchronized (this) {
            thread.start();
            poller = thread;
        }
        return response;
    }

    /// Why the last poll failed, when it did.
    Optional<String> fault() {
        return Optional.ofNullable(fault.get());
    }

    /// Lets no further poll begin.
    synchronized void stop() {
        stopping = true;
        if (!asking) {
            giveUp();
        }
    }

    /// Waits for the poll under way after a stop, and gives it up when it does not end in time.
    void finish(Duration patience) throws InterruptedException {
        Thread thread = poller;
        if (thread != null && !thread.join(patience)) {
            LOG.warn("gave up a poll that did not end: its messages, if there are any, wait out their visibility");
            giveUp();
        }
    }

    private void giveUp() {
        Thread thread = poller;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private Optional<ReceiveMessageResponse> poll(ReceiveMessageRequest request) {
        Duration pause = FIRST_PAUSE;
        try {
            while (!stopping) {
                int reserved = inHand.reserve(request.maxNumberOfMessages());
                int taken = 0;
                try {
                    // Said before it is looked whether to stop, so that a stop sees it or is seen.
                    asking = true;
                    if (stopping) {
                        break;
                    }
                    List<Message> received = receive(request, reserved);
                    taken = received.size();
                    journal.received(received);
                    recovered();
                    return Optional.of(ReceiveMessageResponse.builder()
                            .messages(inHand.admit(received))
                            .build());
                } catch (AbortedException e) {
                    Thread.currentThread().interrupt();
                } catch (SdkException e) {
                    failed(String.valueOf(e.getMessage()));
                } catch (RuntimeException | Error e) {
                    // A bug, or out of memory: polling must not end with it.
                    LOG.error("cannot receive messages", Bug.of(e));
                    failed(e.getClass().getName());
                } finally {
                    asking = false;
                    inHand.giveBack(reserved - taken);
                }
                if (stopping) {
                    break;
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private List<Message> receive(ReceiveMessageRequest request, int most) {
        return sqs
                .receiveMessage(request.toBuilder()
                        .maxNumberOfMessages(most)
                        .waitTimeSeconds(Math.clamp(longestWait.toSeconds(), 1, Math.max(1, request.waitTimeSeconds())))
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                MessageSystemAttributeName.SENT_TIMESTAMP,
                                MessageSystemAttributeName.AWS_TRACE_HEADER)
                        .build())
                .messages()
                .stream()
                .map(PollingSqsClient::withoutClassName)
                .toList();
    }

    private static Message withoutClassName(Message message) {
        if (!message.messageAttributes().containsKey(CLASS_NAME_ATTRIBUTE)) {
            return message;
        }
        Map<String, MessageAttributeValue> attributes = new HashMap<>(message.messageAttributes());
        attributes.remove(CLASS_NAME_ATTRIBUTE);
        return message.toBuilder().messageAttributes(attributes).build();
    }

    private void failed(String why) {
        if (fault.getAndSet(why) == null) {
            LOG.warnf("cannot receive messages, trying again until it works: %s", why);
        }
    }

    private void recovered() {
        if (fault.getAndSet(null) != null) {
            LOG.info("receiving messages again");
        }
    }
}
