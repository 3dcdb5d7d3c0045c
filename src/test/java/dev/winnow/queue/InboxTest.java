package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.sqs.SingleObjectNotification;
import io.smallrye.reactive.messaging.aws.sqs.SqsIncomingMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;

@Timeout(30)
final class InboxTest {

    private final Edge edge = new Edge();
    private final InHand inHand = edge.inHand();
    private final Inbox inbox = new Inbox(edge.queues, inHand, edge.worker(), edge.settler, edge.journal);

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
