package dev.winnow.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksRequest;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;

/// SQS in memory: every request is recorded, may be made to fail, and hides messages by a clock that only the test
/// moves. A poll without messages returns at once.
public final class FakeSqs implements SqsClient {

    private static final String HOST = "https://sqs.test/000000000000/";

    private final Map<String, Map<QueueAttributeName, String>> queues = new HashMap<>();
    private final Map<String, Stored> messages = new LinkedHashMap<>();
    private final List<SqsRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<Class<? extends SqsRequest>, ArrayDeque<Runnable>> interventions = new HashMap<>();
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private Instant now = Instant.EPOCH;
    private final List<ListMessageMoveTasksResultEntry> moves = new ArrayList<>();

    private static final class Stored {

        private final String queueUrl;
        private final Message content;
        private Instant visibleAt = Instant.EPOCH;
        private int receiveCount;

        private Stored(String queueUrl, Message content) {
            this.queueUrl = queueUrl;
            this.content = content;
        }
    }

    /// Makes a queue and returns its URL.
    public String create(String name, Map<QueueAttributeName, String> attributes) {
        queues.put(name, attributes);
        return HOST + name;
    }

    /// Moves the clock.
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /// Makes the next request of a kind fail, one more with every call.
    public synchronized void failNext(Class<? extends SqsRequest> kind, RuntimeException fault) {
        beforeNext(kind, () -> {
            throw fault;
        });
    }

    /// Makes the next request of a kind fail, one more with every call.
    public synchronized void failNext(Class<? extends SqsRequest> kind, Error fault) {
        beforeNext(kind, () -> {
            throw fault;
        });
    }

    /// Lets something happen when the next request of a kind arrives, before it has its effect.
    public synchronized void beforeNext(Class<? extends SqsRequest> kind, Runnable intervention) {
        interventions.computeIfAbsent(kind, _ -> new ArrayDeque<>()).add(intervention);
    }

    /// The requests of a kind so far, the failed ones included.
    public <T extends SqsRequest> List<T> requests(Class<T> kind) {
        return requests.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// How many messages of a queue a poll at this moment would find.
    public synchronized long visible(String queueUrl) {
        return messages.values().stream().filter(it -> isVisible(it, queueUrl)).count();
    }

    /// How many messages a queue has, the hidden ones included.
    public synchronized long depth(String queueUrl) {
        return messages.values().stream()
                .filter(it -> it.queueUrl.equals(queueUrl))
                .count();
    }

    /// Makes a receipt handle worthless, as the end of its message does.
    public void expire(String receiptHandle) {
        expired.add(receiptHandle);
    }

    /// What retention does to messages in the end.
    public synchronized void purge(String queueUrl) {
        messages.values().removeIf(it -> it.queueUrl.equals(queueUrl));
    }

    /// Ends the latest move task.
    public synchronized void endMove(String status) {
        moves.set(0, moves.getFirst().toBuilder().status(status).build());
    }

    @Override
    public StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest request) {
        arrived(request);
        moves.addFirst(ListMessageMoveTasksResultEntry.builder()
                .status("RUNNING")
                .startedTimestamp(now.toEpochMilli())
                .build());
        return StartMessageMoveTaskResponse.builder().taskHandle("task").build();
    }

    @Override
    public CancelMessageMoveTaskResponse cancelMessageMoveTask(CancelMessageMoveTaskRequest request) {
        arrived(request);
        endMove("CANCELLED");
        return CancelMessageMoveTaskResponse.builder().build();
    }

    @Override
    public ListMessageMoveTasksResponse listMessageMoveTasks(ListMessageMoveTasksRequest request) {
        arrived(request);
        return ListMessageMoveTasksResponse.builder().results(moves).build();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        arrived(request);
        synchronized (this) {
            String id = "message-" + requests.size();
            messages.put(
                    id,
                    new Stored(
                            request.queueUrl(),
                            Message.builder()
                                    .messageId(id)
                                    .body(request.messageBody())
                                    .messageAttributes(request.messageAttributes())
                                    .build()));
            return SendMessageResponse.builder().messageId(id).build();
        }
    }

    /// Sends a message with text attributes.
    public void send(String queueUrl, String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        sendMessage(request -> request.queueUrl(queueUrl).messageBody(body).messageAttributes(values));
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        arrived(request);
        synchronized (this) {
            Duration hidden = Duration.ofSeconds(
                    request.visibilityTimeout() != null
                            ? request.visibilityTimeout()
                            : Long.parseLong(attributes(request.queueUrl())
                                    .getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30")));
            List<Message> received = new ArrayList<>();
            for (Stored stored : messages.values()) {
                if (received.size() < request.maxNumberOfMessages() && isVisible(stored, request.queueUrl())) {
                    stored.visibleAt = now.plus(hidden);
                    stored.receiveCount++;
                    received.add(stored.content.toBuilder()
                            .receiptHandle(stored.content.messageId())
                            .attributes(Map.of(
                                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                    Integer.toString(stored.receiveCount)))
                            .build());
                }
            }
            return ReceiveMessageResponse.builder().messages(received).build();
        }
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        arrived(request);
        synchronized (this) {
            messages.remove(request.receiptHandle());
            return DeleteMessageResponse.builder().build();
        }
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        arrived(request);
        synchronized (this) {
            request.entries().forEach(entry -> messages.remove(entry.receiptHandle()));
            return DeleteMessageBatchResponse.builder().build();
        }
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        arrived(request);
        hide(request.receiptHandle(), request.visibilityTimeout());
        return ChangeMessageVisibilityResponse.builder().build();
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        arrived(request);
        request.entries().forEach(entry -> hide(entry.receiptHandle(), entry.visibilityTimeout()));
        return ChangeMessageVisibilityBatchResponse.builder()
                .failed(request.entries().stream()
                        .filter(entry -> expired.contains(entry.receiptHandle()))
                        .map(entry -> BatchResultErrorEntry.builder()
                                .id(entry.id())
                                .code("InvalidParameterValue")
                                .build())
                        .toList())
                .build();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        arrived(request);
        if (!queues.containsKey(request.queueName())) {
            throw QueueDoesNotExistException.builder()
                    .message("The specified queue does not exist.")
                    .build();
        }
        return GetQueueUrlResponse.builder()
                .queueUrl(HOST + request.queueName())
                .build();
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        arrived(request);
        Map<QueueAttributeName, String> attributes = new HashMap<>(attributes(request.queueUrl()));
        long visible = visible(request.queueUrl());
        attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, Long.toString(visible));
        attributes.put(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                Long.toString(depth(request.queueUrl()) - visible));
        return GetQueueAttributesResponse.builder().attributes(attributes).build();
    }

    @Override
    public String serviceName() {
        return SqsClient.SERVICE_NAME;
    }

    @Override
    public void close() {}

    private void arrived(SqsRequest request) {
        requests.add(request);
        Runnable intervention;
        synchronized (this) {
            ArrayDeque<Runnable> waiting = interventions.getOrDefault(request.getClass(), new ArrayDeque<>());
            intervention = waiting.isEmpty() ? () -> {} : waiting.removeFirst();
        }
        intervention.run();
    }

    private Map<QueueAttributeName, String> attributes(String queueUrl) {
        return queues.getOrDefault(queueUrl.substring(HOST.length()), Map.of());
    }

    private boolean isVisible(Stored stored, String queueUrl) {
        return stored.queueUrl.equals(queueUrl) && !stored.visibleAt.isAfter(now);
    }

    private synchronized void hide(String receiptHandle, int seconds) {
        Stored stored = messages.get(receiptHandle);
        if (stored != null) {
            stored.visibleAt = now.plusSeconds(seconds);
        }
    }
}
