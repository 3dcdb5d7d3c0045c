package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.sqs.SingleObjectNotification;
import io.smallrye.reactive.messaging.aws.sqs.SqsIncomingMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;

@Timeout(30)
final class InboxTest {

    private static final String LARGE = "name\n" + "Ada\n".repeat((int) Edge.LARGE / 4);

    private final Edge edge = new Edge();
    private final InHand inHand = edge.inHand();
    private final Places places = new Places(edge.capacity);
    private final Inbox inbox =
            new Inbox(edge.queues, inHand, edge.capacity, places, edge.worker(), edge.settler, edge.journal);

    @AfterEach
    void stop() {
        inHand.stop();
    }

    @Test
    void aMessageIsWorkedOnSettledAndOutOfHand() throws Exception {
        Message message =
                received(SingleObjectNotification.of(edge.bucket.put("incoming/guests/a.csv", "name\nAda\n")));

        inbox.receive(arrived(message));

        assertThat(edge.bucket.keys("receipts/")).hasSize(1);
        assertThat(edge.sqs.depth(edge.source)).isZero();
        assertThat(inHand.size()).isZero();
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void aMessageThatWentBackIsLeftToWhoeverGetsItNext() throws InterruptedException {
        Message message =
                received(SingleObjectNotification.of(edge.bucket.put("incoming/guests/a.csv", "name\nAda\n")));
        inHand.drain(Duration.ZERO);

        inbox.receive(arrived(message));

        assertThat(edge.bucket.keys("receipts/")).isEmpty();
        assertThat(edge.sqs.visible(edge.source)).isOne();
    }

    @Test
    void aBugInSettlingStillFreesTheRoom() throws Exception {
        Message message = received("{\"Records\":[]}");
        edge.sqs.failNext(DeleteMessageRequest.class, new IllegalStateException("test"));

        assertThatIllegalStateException().isThrownBy(() -> inbox.receive(arrived(message)));

        assertThat(inHand.size()).isZero();
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void aLargeFileThatWaitsForItsPlaceTakesNeitherRoomNorPlaceFromSmallOnes() throws Exception {
        Places.Place largeFilesPlace = places.take(Edge.LARGE);
        Message large = received(SingleObjectNotification.of(edge.bucket.put("incoming/guests/large.csv", LARGE)));
        Thread waiting = Thread.ofVirtual().start(() -> inbox.receive(arrived(large)));
        Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);

        inbox.receive(arrived(
                received(SingleObjectNotification.of(edge.bucket.put("incoming/guests/small.csv", "name\nAda\n")))));

        assertThat(edge.bucket.keys("incoming/")).containsExactly("incoming/guests/large.csv");
        assertThat(inHand.size()).isOne();
        largeFilesPlace.close();
        waiting.join();
        assertThat(edge.bucket.keys("receipts/")).hasSize(2);
        assertThat(edge.sqs.depth(edge.source)).isZero();
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void aLargeFileThatWaitsForItsPlaceGoesBackAtAStop() throws Exception {
        Places.Place largeFilesPlace = places.take(Edge.LARGE);
        Message large = received(SingleObjectNotification.of(edge.bucket.put("incoming/guests/large.csv", LARGE)));
        Thread waiting = Thread.ofVirtual().start(() -> inbox.receive(arrived(large)));
        Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);

        inHand.drain(Duration.ZERO);
        largeFilesPlace.close();
        waiting.join();

        assertThat(edge.bucket.keys("receipts/")).isEmpty();
        assertThat(edge.sqs.visible(edge.source)).isOne();
        assertThat(Edge.room(inHand)).isEqualTo(Edge.ROOM);
    }

    @Test
    void onlyMessagesOfSqsAreTaken() {
        assertThatThrownBy(
                        () -> inbox.receive(org.eclipse.microprofile.reactive.messaging.Message.of("{\"Records\":[]}")))
                .hasMessage("Cannot settle a message that is not from SQS");
    }

    private Message received(String body) throws InterruptedException {
        edge.sqs.send(edge.source, body, Map.of());
        inHand.reserve(1);
        Message message = edge.sqs
                .receiveMessage(request -> request.queueUrl(edge.source).maxNumberOfMessages(1))
                .messages()
                .getFirst();
        inHand.admit(List.of(message));
        return message;
    }

    private static org.eclipse.microprofile.reactive.messaging.Message<String> arrived(Message message) {
        return org.eclipse.microprofile.reactive.messaging.Message.of(
                message.body(), Metadata.of(new SqsIncomingMetadata(message)));
    }
}
