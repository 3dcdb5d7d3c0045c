package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.admin.call.ProblemException;
import dev.winnow.admin.deadletter.DeadLetterPage;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// What discarding and restoring do to the dead-letter queue.
final class DeadLettersResourceTest {

    private static final Grounds MISSING = new Grounds(Reason.HEADER_MISSING, "Cannot find: name");

    private final Desk desk = new Desk();
    private final Registry registry = desk.registry;

    @Test
    void theNoticeOfADiscardedLetterLeavesTheQueue() {
        String id = giveUp();

        desk.letters.discard(id, null);

        assertThat(registry.sent(registry.source))
                .extracting(SendMessageRequest::messageBody)
                .containsExactly("{\"winnow\":{\"command\":\"reconcile\"}}");
        registry.reconciliation.pass();
        assertThat(registry.sqs.depth(registry.givenUp)).isZero();
    }

    @Test
    void aDiscardWhoseReconciliationCouldNotBeAskedForIsDoneAgain() {
        String id = giveUp();
        registry.sqs.failNext(SendMessageRequest.class, SdkClientException.create("Connection refused"));

        assertThatThrownBy(() -> desk.letters.discard(id, null)).isInstanceOf(SdkClientException.class);
        desk.letters.discard(id, null);

        assertThat(registry.sqs.depth(registry.source)).isOne();
    }

    @Test
    void aRestoredLetterRingsAgain() {
        String id = giveUp();
        desk.letters.discard(id, null);
        registry.reconciliation.pass();

        DeadLetter restored = desk.letters.restore(id, null);

        assertThat(restored.state()).isEqualTo(DeadLetter.State.OPEN);
        assertThat(registry.sqs.visible(registry.givenUp)).isOne();
        assertThat(Registry.attributes(registry.notices().getLast()))
                .containsEntry("fileId", id)
                .containsEntry("reason", "header.missing");
        registry.reconciliation.pass();
        assertThat(registry.sqs.depth(registry.givenUp)).as("the notice holds").isOne();
    }

    @Test
    void aLetterThatCouldNotRingRingsWhenItIsRestoredOnceMore() {
        String id = giveUp();
        desk.letters.discard(id, null);
        registry.reconciliation.pass();
        registry.sqs.failNext(SendMessageRequest.class, SdkClientException.create("Connection refused"));

        assertThatThrownBy(() -> desk.letters.restore(id, null)).isInstanceOf(SdkClientException.class);
        desk.letters.restore(id, null);

        assertThat(registry.sqs.visible(registry.givenUp)).isOne();
    }

    @Test
    void aLetterThatIsRestoredOftenHasOneNoticeInTheEnd() {
        String id = giveUp();
        desk.letters.restore(id, null);
        desk.letters.restore(id, null);

        registry.reconciliation.pass();

        assertThat(registry.sqs.depth(registry.givenUp)).isOne();
    }

    @Test
    void aLetterThatIsOnItsWayBackDoesNotRing() {
        String id = giveUp();
        registry.register.change(
                registry.register.find(id).orElseThrow(), it -> it.sentBack("r-1", registry.clock.instant()));
        desk.letters.discard(id, null);

        desk.letters.restore(id, null);

        assertThat(registry.notices()).hasSize(1);
    }

    @Test
    void aLetterThatNamesNoFileIsDiscardedForGood() {
        registry.office.giveUp(
                registry.delivery("m-1", "hello", 1, Map.of()), new Grounds(Reason.EVENT_UNREADABLE, "no JSON"));
        desk.letters.discard("m-1", null);
        List<String> before = registry.bucket.keys("");

        assertThatThrownBy(() -> desk.letters.restore("m-1", null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.status().getStatusCode()).isEqualTo(409))
                .hasMessageContaining("it names no file");
        assertThat(registry.register.find("m-1")).map(DeadLetter::state).contains(DeadLetter.State.DISCARDED);
        assertThat(registry.bucket.keys("")).isEqualTo(before);
    }

    @Test
    void theListingTellsHowMuchTheQueueHoldsAndReceivesNothing() {
        giveUp();
        registry.sqs.send(registry.givenUp, "moved by SQS itself", Map.of());
        registry.sqs.receiveMessage(
                request -> request.queueUrl(registry.givenUp).maxNumberOfMessages(1));

        DeadLetterPage page = list();

        assertThat(page.queue().visible()).isOne();
        assertThat(page.queue().hidden()).isOne();
        assertThat(page.deadLetters()).hasSize(1);
        assertThat(registry.sqs.requests(ReceiveMessageRequest.class)).hasSize(1);
    }

    @Test
    void aListingWhoseQueueCannotBeAskedFails() {
        registry.sqs.failNext(GetQueueAttributesRequest.class, SdkClientException.create("Connection refused"));

        assertThatThrownBy(this::list).isInstanceOf(SdkClientException.class);
    }

    private DeadLetterPage list() {
        return desk.letters.list(null, null, null, null, null, null);
    }

    private String giveUp() {
        SourceFile file = registry.giveUp("a.csv", MISSING);
        return file.id().value();
    }
}
