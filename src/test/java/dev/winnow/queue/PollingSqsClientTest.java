package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.winnow.sqs.FakeSqs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

@Timeout(30)
final class PollingSqsClientTest {

    private final Edge edge = new Edge();
    private final InHand inHand = edge.inHand();
    private final PollingSqsClient polling =
            new PollingSqsClient(edge.sqs, edge.queues, inHand, edge.config, edge.journal);
    private final Receiving readiness = new Receiving(polling, inHand);

    @AfterEach
    void stop() {
        polling.close();
        inHand.stop();
    }

    @Test
    void theQueuesUrlIsKnownWithoutAsking() {
        int before = edge.sqs.requests(GetQueueUrlRequest.class).size();

        assertThat(polling.getQueueUrl(GetQueueUrlRequest.builder().build())
                        .join()
                        .queueUrl())
                .isEqualTo(edge.source);
        assertThat(edge.sqs.requests(GetQueueUrlRequest.class)).hasSize(before);
    }

    @Test
    void messagesAreInHandWhenTheyAreHandedOver() throws Exception {
        edge.sqs.send(edge.source, "one", Map.of());
        edge.sqs.send(edge.source, "two", Map.of());

        List<Message> received = messages(poll());

        assertThat(received).extracting(Message::body).containsExactly("one", "two");
        assertThat(inHand.size()).isEqualTo(2);
        assertThat(received).allMatch(inHand::begin);
    }

    @Test
    void aPollThatFindsNothingGivesItsRoomBack() throws Exception {
        assertThat(messages(poll())).isEmpty();

        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void asksForWhatThereIsRoomForAndForWhatTellsOfTheDelivery() throws Exception {
        for (int i = 0; i < 3; i++) {
            edge.sqs.send(edge.source, "message", Map.of());
        }
        messages(poll());
        messages(poll());

        List<ReceiveMessageRequest> requests = edge.sqs.requests(ReceiveMessageRequest.class);
        assertThat(requests)
                .extracting(ReceiveMessageRequest::maxNumberOfMessages)
                .containsExactly(Edge.ROOM, Edge.ROOM - 3);
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.waitTimeSeconds()).isEqualTo(20);
            assertThat(request.messageAttributeNames()).containsExactly("All");
            assertThat(request.messageSystemAttributeNames())
                    .containsExactly(
                            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                            MessageSystemAttributeName.SENT_TIMESTAMP,
                            MessageSystemAttributeName.AWS_TRACE_HEADER);
        });
    }

    @Test
    void withNoRoomNothingIsReceivedUntilAMessageIsSettled() throws Exception {
        for (int i = 0; i < Edge.ROOM + 1; i++) {
            edge.sqs.send(edge.source, "message", Map.of());
        }
        Message first = messages(poll()).getFirst();

        CompletableFuture<ReceiveMessageResponse> next = poll();
        await().during(Duration.ofMillis(200)).until(() -> !next.isDone());
        inHand.settled(first);

        assertThat(messages(next)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFailedPollIsTriedAgainAndReadinessTellsOfItMeanwhile(Consumer<FakeSqs> fault) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        fault.accept(edge.sqs);
        edge.sqs.beforeNext(ReceiveMessageRequest.class, () -> waitFor(seen));
        edge.sqs.send(edge.source, "one", Map.of());

        CompletableFuture<ReceiveMessageResponse> response = poll();

        await().until(() -> polling.fault().isPresent());
        HealthCheckResponse down = readiness.call();
        assertThat(down.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(down.getData().orElseThrow())
                .containsEntry("fault", polling.fault().orElseThrow())
                .containsEntry("messagesInHand", 0L);
        seen.countDown();
        assertThat(messages(response)).hasSize(1);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM - 1);
    }

    static Stream<Named<Consumer<FakeSqs>>> faults() {
        return Stream.of(
                failing("connection refused", SdkClientException.create("Connection refused")),
                failing(
                        "the queue was deleted",
                        QueueDoesNotExistException.builder()
                                .message("The specified queue does not exist.")
                                .build()),
                failing(
                        "access denied",
                        SqsException.builder()
                                .statusCode(403)
                                .awsErrorDetails(AwsErrorDetails.builder()
                                        .errorCode("AccessDenied")
                                        .errorMessage("not authorized")
                                        .build())
                                .build()),
                failing(
                        "a fault that says nothing",
                        SdkClientException.builder().build()),
                failing("a bug", new IllegalStateException("Connection pool shut down")),
                Named.of(
                        "out of memory",
                        sqs -> sqs.failNext(ReceiveMessageRequest.class, new OutOfMemoryError("test"))));
    }

    private static Named<Consumer<FakeSqs>> failing(String name, RuntimeException fault) {
        return Named.of(name, sqs -> sqs.failNext(ReceiveMessageRequest.class, fault));
    }

    @Test
    void anOutageIsLoggedOnceAndSoIsItsEnd() throws Exception {
        edge.sqs.failNext(ReceiveMessageRequest.class, SdkClientException.create("Connection refused"));
        edge.sqs.failNext(ReceiveMessageRequest.class, SdkClientException.create("Connection reset"));

        try (Logged log = new Logged("dev.winnow.poll")) {
            messages(poll());

            assertThat(log.lines())
                    .containsExactly("cannot receive messages, trying again until it works: Connection refused");
        }
    }

    @Test
    void theClassThatASenderNamesNeverReachesTheConnector() throws Exception {
        edge.sqs.send(edge.source, "one", Map.of("_classname", "java.lang.Nope", "sender", "someone"));

        Message message = messages(poll()).getFirst();

        assertThat(message.messageAttributes()).containsOnlyKeys("sender");
        assertThat(message.body()).isEqualTo("one");
        assertThat(inHand.begin(message)).isTrue();
    }

    @Test
    void whatThePollUnderWayBringsAfterAStopGoesStraightBack() throws Exception {
        CountDownLatch arrival = new CountDownLatch(1);
        edge.sqs.beforeNext(ReceiveMessageRequest.class, () -> waitFor(arrival));
        CompletableFuture<ReceiveMessageResponse> response = poll();
        await().until(() -> !edge.sqs.requests(ReceiveMessageRequest.class).isEmpty());

        polling.stop();
        inHand.drain(Duration.ZERO);
        edge.sqs.send(edge.source, "late", Map.of());
        arrival.countDown();
        polling.finish(Duration.ofSeconds(10));

        assertThat(messages(response)).isEmpty();
        assertThat(edge.sqs.requests(ChangeMessageVisibilityBatchRequest.class)).hasSize(1);
        assertThat(edge.sqs.visible(edge.source)).isOne();
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void aPollThatDoesNotEndAfterAStopIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        edge.sqs.beforeNext(ReceiveMessageRequest.class, () -> waitFor(never));
        CompletableFuture<ReceiveMessageResponse> response = poll();
        await().until(() -> !edge.sqs.requests(ReceiveMessageRequest.class).isEmpty());

        polling.stop();
        polling.finish(Duration.ofMillis(50));

        await().until(() -> Edge.room(inHand) == Edge.ROOM);
        assertThat(response).isNotDone();
        assertThat(polling.fault()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"25S, 20", "10S, 8", "1S, 1", "0S, 1"})
    void noPollWaitsLongerThanAStop(String drain, int seconds) throws Exception {
        PollingSqsClient hasty =
                new PollingSqsClient(edge.sqs, edge.queues, inHand, Edge.withDrain(drain), edge.journal);

        messages(poll(hasty));

        assertThat(edge.sqs.requests(ReceiveMessageRequest.class))
                .extracting(ReceiveMessageRequest::waitTimeSeconds)
                .containsExactly(seconds);
    }

    @Test
    void aStopEndsTheWaitAfterAFailure() throws Exception {
        edge.sqs.failNext(ReceiveMessageRequest.class, SdkClientException.create("Connection refused"));
        CompletableFuture<ReceiveMessageResponse> response = poll();
        await().until(() -> polling.fault().isPresent());

        polling.stop();

        await().during(Duration.ofSeconds(1)).until(() -> !response.isDone());
        assertThat(edge.sqs.requests(ReceiveMessageRequest.class)).hasSize(1);
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void afterAStopNothingIsReceived() {
        polling.stop();

        CompletableFuture<ReceiveMessageResponse> response = poll();

        await().during(Duration.ofMillis(200)).until(() -> !response.isDone());
        assertThat(edge.sqs.requests(ReceiveMessageRequest.class)).isEmpty();
    }

    private CompletableFuture<ReceiveMessageResponse> poll() {
        return poll(polling);
    }

    private CompletableFuture<ReceiveMessageResponse> poll(PollingSqsClient client) {
        return client.receiveMessage(ReceiveMessageRequest.builder()
                .queueUrl(edge.source)
                .maxNumberOfMessages(10)
                .waitTimeSeconds(20)
                .build());
    }

    private static List<Message> messages(CompletableFuture<ReceiveMessageResponse> response) throws Exception {
        return response.get(10, TimeUnit.SECONDS).messages();
    }

    /// Waits as the SDK does: an interruption ends the request.
    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw AbortedException.create("Thread was interrupted", e);
        }
    }
}
