package dev.winnow.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

final class QueuesTest {

    private final FakeSqs sqs = new FakeSqs();

    @Test
    void bothQueuesAreLookedUpByName() {
        String files = sqs.create(
                "files",
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT, "120",
                        QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"a\",\"maxReceiveCount\":\"7\"}"));
        String givenUp = sqs.create("given-up", Map.of());

        Queues queues = queues("files", "given-up");

        assertThat(queues.source().url()).isEqualTo(files);
        assertThat(queues.source().visibility()).isEqualTo(Duration.ofMinutes(2));
        assertThat(queues.source().maxReceiveCount()).hasValue(7);
        assertThat(queues.deadLetters().url()).isEqualTo(givenUp);
        assertThat(queues.deadLetters().maxReceiveCount()).isEmpty();
    }

    @Test
    void aUrlIsTakenAsItIs() {
        String files = sqs.create("files", Map.of());
        String givenUp = sqs.create("given-up", Map.of());

        assertThat(queues(files, givenUp).source().url()).isEqualTo(files);
        assertThat(sqs.requests(GetQueueUrlRequest.class)).isEmpty();
    }

    @Test
    void aQueueThatIsNotThereEndsTheStartWithItsKey() {
        sqs.create("files", Map.of());

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> queues("files", "given-up"))
                .withMessageStartingWith("Cannot use queue 'given-up' of winnow.dead-letter-queue"
                        + " (WINNOW_DEAD_LETTER_QUEUE): The specified queue does not exist.");
    }

    @Test
    void aQueueThatCannotBeReachedEndsTheStartWithItsKey() {
        String files = sqs.create("files", Map.of());
        sqs.failNext(GetQueueAttributesRequest.class, SdkClientException.create("Connection refused"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> queues(files, files))
                .withMessage("Cannot use queue '" + files + "' of winnow.queue (WINNOW_QUEUE): Connection refused");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # allowed deliveries, this one, last
            5, 4, false
            5, 5, true
            5, 6, true
            1, 1, true
            ,  1000, false
            """)
    void theLastDeliveryIsTheLastThatTheQueueAllows(Integer allowed, int delivery, boolean last) {
        String files = sqs.create(
                "files",
                allowed == null
                        ? Map.of()
                        : Map.of(QueueAttributeName.REDRIVE_POLICY, "{\"maxReceiveCount\":" + allowed + "}"));

        assertThat(queues(files, files).source().isLast(delivery)).isEqualTo(last);
    }

    private Queues queues(String source, String deadLetters) {
        return new Queues(sqs, new Named(source, deadLetters), new ObjectMapper());
    }

    private record Named(String queue, String deadLetterQueue) implements QueuesConfig {}
}
