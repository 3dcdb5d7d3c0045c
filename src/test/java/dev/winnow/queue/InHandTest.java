package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

@Timeout(30)
final class InHandTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Edge edge = new Edge();
    private final InHand inHand = edge.inHand();

    @AfterEach
    void stop() {
        inHand.stop();
    }

    @Test
    void whatWaitsIsKeptHiddenLikeWhatIsInWork() throws InterruptedException {
        List<Message> messages = inHand.admit(received(2));
        assertThat(inHand.begin(messages.getFirst())).isTrue();

        await().until(() -> beats() >= 1);

        assertThat(changes().getFirst())
                .extracting(ChangeMessageVisibilityBatchRequestEntry::receiptHandle)
                .containsExactlyInAnyOrder(
                        messages.getFirst().receiptHandle(), messages.getLast().receiptHandle());
        assertThat(changes().getFirst())
                .extracting(ChangeMessageVisibilityBatchRequestEntry::visibilityTimeout)
                .containsOnly(Edge.VISIBILITY_SECONDS);
    }

    @Test
    void beatsComeInBatchesOfTen() {
        List<Message> messages =
                IntStream.range(0, 23).mapToObj(InHandTest::message).toList();
        inHand.admit(messages);

        await().until(() -> beats() >= 3);

        assertThat(changes().subList(0, 3)).extracting(List::size).containsExactly(10, 10, 3);
        assertThat(changes().subList(0, 3))
                .allSatisfy(batch -> assertThat(batch)
                        .extracting(ChangeMessageVisibilityBatchRequestEntry::id)
                        .doesNotHaveDuplicates());
        assertThat(changes().subList(0, 3).stream().flatMap(List::stream))
                .extracting(ChangeMessageVisibilityBatchRequestEntry::receiptHandle)
                .containsExactlyInAnyOrderElementsOf(
                        messages.stream().map(Message::receiptHandle).toList());
    }

    @Test
    void aRefusedBeatIsToldOnlyOfWhatIsStillInHand() throws InterruptedException {
        List<Message> messages = inHand.admit(received(2));
        messages.forEach(message -> edge.sqs.expire(message.receiptHandle()));
        edge.sqs.beforeNext(ChangeMessageVisibilityBatchRequest.class, () -> inHand.settled(messages.getFirst()));

        try (Logged log = new Logged(InHand.class.getName())) {
            await().until(() -> !log.lines().isEmpty());

            assertThat(log.lines().getFirst())
                    .isEqualTo("Cannot change the visibility of 1 messages: InvalidParameterValue");
        }
    }

    @Test
    void aFailedBeatIsNotTheLast() {
        edge.sqs.failNext(ChangeMessageVisibilityBatchRequest.class, SdkClientException.create("Connection refused"));
        edge.sqs.failNext(ChangeMessageVisibilityBatchRequest.class, new IllegalStateException("pool shut down"));
        edge.sqs.failNext(ChangeMessageVisibilityBatchRequest.class, new OutOfMemoryError("test"));
        inHand.admit(List.of(message(1)));

        await().atMost(LONG).until(() -> beats() == 4);
    }

    @Test
    void whatIsSettledIsForgottenAndFreesItsRoom() throws Exception {
        List<Message> messages = inHand.admit(received(Edge.ROOM));

        inHand.begin(messages.getFirst());
        inHand.settled(messages.getFirst());
        inHand.settled(messages.getFirst());

        assertThat(inHand.size()).isEqualTo(3);
        assertThat(Edge.room(inHand)).isOne();
        await().until(() -> beats() >= 1);
        assertThat(changes().getFirst())
                .extracting(ChangeMessageVisibilityBatchRequestEntry::receiptHandle)
                .doesNotContain(messages.getFirst().receiptHandle());
    }

    @Test
    void whatIsSetAsideTakesNoRoomAsLongAsThereIsRoomForThat() throws Exception {
        List<Message> messages = inHand.admit(received(3));
        messages.forEach(inHand::setAside);
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM - 1);

        messages.forEach(inHand::settled);

        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
        assertThat(inHand.size()).isZero();
    }

    @Test
    void roomIsNoMoreThanWasAskedForAndComesBack() throws Exception {
        assertThat(inHand.reserve(3)).isEqualTo(3);
        assertThat(inHand.reserve(3)).isOne();

        inHand.giveBack(4);

        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void afterAStopHasBegunMessagesGoStraightBack() throws Exception {
        List<Message> received = received(2);
        inHand.drain(Duration.ZERO);

        assertThat(inHand.admit(received)).isEmpty();

        assertThat(edge.sqs.visible(edge.source)).isEqualTo(2);
        assertThat(inHand.size()).isZero();
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void aStopSendsBackWhatWaitsAndWaitsForWhatIsInWork() throws Exception {
        List<Message> messages = inHand.admit(received(3));
        inHand.begin(messages.getFirst());
        FutureTask<Boolean> stop = drain(LONG);

        await().until(() -> inHand.size() == 1);
        assertThat(edge.sqs.visible(edge.source)).isEqualTo(2);
        assertThat(messages).noneMatch(inHand::begin);
        assertThat(stop.isDone()).isFalse();
        edge.settler.settle(messages.getFirst(), new Settlement.Done());
        inHand.settled(messages.getFirst());
        stop.get(LONG.toSeconds(), TimeUnit.SECONDS);

        assertThat(edge.sqs.depth(edge.source)).isEqualTo(2);
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void aStopSendsBackWhatIsStillInWorkWhenItsPatienceEnds() throws Exception {
        List<Message> messages = inHand.admit(received(2));
        messages.forEach(inHand::begin);

        inHand.drain(Duration.ofMillis(100));

        assertThat(edge.sqs.visible(edge.source)).isEqualTo(2);
        assertThat(inHand.size()).isZero();
        inHand.settled(messages.getFirst());
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void whatIsOnItsWayBackCannotBeBegun() throws InterruptedException {
        Message message = inHand.admit(received(1)).getFirst();
        List<Boolean> begun = new ArrayList<>();
        edge.sqs.beforeNext(ChangeMessageVisibilityBatchRequest.class, () -> begun.add(inHand.begin(message)));

        inHand.drain(Duration.ZERO);

        assertThat(begun).containsExactly(false);
    }

    @Test
    void aSlowBeatDoesNotHideWhatWentBackMeanwhile() throws Exception {
        inHand.admit(received(1));
        CountDownLatch beaten = new CountDownLatch(1);
        edge.sqs.beforeNext(ChangeMessageVisibilityBatchRequest.class, () -> {
            takeASecond();
            beaten.countDown();
        });
        await().until(() -> beats() == 1);

        inHand.drain(Duration.ZERO);
        beaten.await();

        await().during(Duration.ofMillis(300)).until(() -> edge.sqs.visible(edge.source) == 1);
    }

    @Test
    void aFailedReturnStillFreesTheRoom() throws Exception {
        edge.sqs.failNext(ChangeMessageVisibilityBatchRequest.class, SdkClientException.create("Connection refused"));
        inHand.admit(received(2));

        inHand.drain(Duration.ZERO);

        assertThat(inHand.size()).isZero();
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    private FutureTask<Boolean> drain(Duration patience) {
        FutureTask<Boolean> stop = new FutureTask<>(() -> {
            inHand.drain(patience);
            return true;
        });
        Thread.ofVirtual().start(stop);
        return stop;
    }

    private List<Message> received(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            edge.sqs.sendMessage(request -> request.queueUrl(edge.source).messageBody("{}"));
        }
        int reserved = inHand.reserve(count);
        assertThat(reserved).isEqualTo(count);
        return edge.sqs
                .receiveMessage(request -> request.queueUrl(edge.source).maxNumberOfMessages(count))
                .messages();
    }

    private int beats() {
        return changes().size();
    }

    private List<List<ChangeMessageVisibilityBatchRequestEntry>> changes() {
        return edge.sqs.requests(ChangeMessageVisibilityBatchRequest.class).stream()
                .map(ChangeMessageVisibilityBatchRequest::entries)
                .toList();
    }

    private static Message message(int number) {
        return Message.builder().receiptHandle("handle-" + number).build();
    }

    private static void takeASecond() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
