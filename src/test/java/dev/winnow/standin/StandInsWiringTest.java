package dev.winnow.standin;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The service's own clients reach the stand-ins in the tests with nothing set.
@QuarkusTest
final class StandInsWiringTest {

    private final S3Client s3;
    private final SqsClient sqs;
    private final String bucket;
    private final String queue;
    private final String deadLetterQueue;

    @Inject
    StandInsWiringTest(
            S3Client s3,
            SqsClient sqs,
            @ConfigProperty(name = "winnow.bucket") String bucket,
            @ConfigProperty(name = "winnow.queue") String queue,
            @ConfigProperty(name = "winnow.dead-letter-queue") String deadLetterQueue) {
        this.s3 = s3;
        this.sqs = sqs;
        this.bucket = bucket;
        this.queue = queue;
        this.deadLetterQueue = deadLetterQueue;
    }

    @Test
    void theBucketIsThere() {
        assertThatCode(() -> s3.headBucket(head -> head.bucket(bucket))).doesNotThrowAnyException();
    }

    @Test
    void theQueuesAreThere() {
        assertThatCode(() -> {
                    sqs.getQueueUrl(request -> request.queueName(queue));
                    sqs.getQueueUrl(request -> request.queueName(deadLetterQueue));
                })
                .doesNotThrowAnyException();
    }
}
