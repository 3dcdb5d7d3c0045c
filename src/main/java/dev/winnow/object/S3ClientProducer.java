package dev.winnow.object;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// The S3 client as `quarkus.s3` describes it, with what must not be left to defaults: how calls are retried, what is
/// sent without asking, and whose bucket it must be.
final class S3ClientProducer {

    private static final int ATTEMPTS = 4;

    @Produces
    @Singleton
    static S3Client client(S3ClientBuilder builder, BucketConfig config) {
        ClientOverrideConfiguration.Builder overrides = builder.overrideConfiguration().toBuilder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .addExecutionInterceptor(new ShortBodies());
        config.bucketOwner()
                .ifPresent(account -> overrides
                        .putHeader("x-amz-expected-bucket-owner", account)
                        .putHeader("x-amz-source-expected-bucket-owner", account));
        return builder.overrideConfiguration(overrides.build()).build();
    }
}
