package dev.winnow.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

final class QueueFiguresTest {

    private static final QueueAttributeName VISIBLE = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;

    private final FakeSqs sqs = new FakeSqs();
    private final String url = sqs.create("files", Map.of());

    private QueueFigures.Figures figures(Duration every) {
        return new QueueFigures.Figures(sqs, new Queue(url, "", Duration.ofSeconds(30), OptionalInt.empty()), every);
    }

    private int asked() {
        return sqs.requests(GetQueueAttributesRequest.class).size();
    }

    @Test
    void nothingIsAskedBeforeSomebodyLooks() {
        figures(Duration.ofMillis(1));

        assertThat(asked()).isZero();
    }

    @Test
    void theSecondLookHasWhatTheFirstHasBrought() {
        sqs.send(url, "one", Map.of());
        QueueFigures.Figures figures = figures(Duration.ofHours(1));

        assertThat(figures.told(VISIBLE)).isNaN();

        await().until(() -> figures.told(VISIBLE) == 1.0);
    }

    @Test
    void manyLooksAreOneCall() {
        QueueFigures.Figures figures = figures(Duration.ofHours(1));

        for (int look = 0; look < 1000; look++) {
            figures.told(VISIBLE);
        }
        await().until(() -> figures.told(VISIBLE) == 0.0);

        assertThat(asked()).isOne();
    }

    @Test
    void anOutageIsNoFigureAndEndsByItself() {
        QueueFigures.Figures figures = figures(Duration.ofMillis(50));
        ConditionFactory often = await().pollInterval(Duration.ofMillis(10));
        often.until(() -> figures.told(VISIBLE) == 0.0);

        for (int call = 0; call < 20; call++) {
            sqs.failNext(GetQueueAttributesRequest.class, SdkClientException.create("no route"));
        }

        often.until(() -> Double.isNaN(figures.told(VISIBLE)));
        often.until(() -> figures.told(VISIBLE) == 0.0);
    }
}
