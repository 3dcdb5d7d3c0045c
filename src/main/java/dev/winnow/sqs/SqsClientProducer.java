package dev.winnow.sqs;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/// The SQS client as `quarkus.sqs` describes it, with its retries set rather than left to defaults.
final class SqsClientProducer {

    private static final int ATTEMPTS = 4;

    @Produces
    @Singleton
    static SqsClient client(SqsClientBuilder builder) {
        return builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build())
                        .build())
                .build();
    }
}
