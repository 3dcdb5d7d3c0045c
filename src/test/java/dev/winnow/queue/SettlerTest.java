package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;

final class SettlerTest {

    private final Edge edge = new Edge();
    private final Message message = received();

    @Test
    void whatIsDoneIsDeleted() {
        edge.settler.settle(message, new Settlement.Done());

        assertThat(edge.sqs.depth(edge.source)).isZero();
    }

    @Test
    void whatIsToComeAgainComesAfterItsWait() {
        edge.settler.settle(message, new Settlement.Again(Duration.ofSeconds(90)));

        edge.sqs.pass(Duration.ofSeconds(89));
        assertThat(edge.sqs.visible(edge.source)).isZero();
        edge.sqs.pass(Duration.ofSeconds(1));
        assertThat(edge.sqs.visible(edge.source)).isOne();
    }

    @Test
    void noWaitIsCutToNone() {
        edge.settler.settle(message, new Settlement.Again(Duration.ofMillis(1)));

        assertThat(edge.sqs.visible(edge.source)).isZero();
        edge.sqs.pass(Duration.ofSeconds(1));
        assertThat(edge.sqs.visible(edge.source)).isOne();
    }

    @Test
    void aFailedDeleteIsLoggedAndTheMessageComesAgain() {
        edge.sqs.failNext(DeleteMessageRequest.class, SdkClientException.create("Connection reset"));

        try (Logged log = new Logged(Settler.class.getName())) {
            edge.settler.settle(message, new Settlement.Done());

            assertThat(log.lines())
                    .containsExactly("cannot settle message=%s, so it comes again: Connection reset"
                            .formatted(message.messageId()));
        }
        edge.sqs.pass(Duration.ofSeconds(Edge.VISIBILITY_SECONDS));
        assertThat(edge.sqs.visible(edge.source)).isOne();
    }

    @Test
    void aFailedPostponementIsLoggedAndTheMessageComesAgain() {
        edge.sqs.failNext(ChangeMessageVisibilityRequest.class, SdkClientException.create("Connection reset"));

        try (Logged log = new Logged(Settler.class.getName())) {
            edge.settler.settle(message, new Settlement.Again(Duration.ofMinutes(15)));

            assertThat(log.lines()).hasSize(1);
        }
        edge.sqs.pass(Duration.ofSeconds(Edge.VISIBILITY_SECONDS));
        assertThat(edge.sqs.visible(edge.source)).isOne();
    }

    private Message received() {
        edge.sqs.sendMessage(request -> request.queueUrl(edge.source).messageBody("{}"));
        return edge.sqs
                .receiveMessage(request -> request.queueUrl(edge.source).maxNumberOfMessages(1))
                .messages()
                .getFirst();
    }
}
