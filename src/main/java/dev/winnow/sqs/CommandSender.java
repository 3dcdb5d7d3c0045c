package dev.winnow.sqs;

import dev.winnow.notification.Command;
import dev.winnow.notification.CommandForm;
import dev.winnow.object.AwsEnvironment;
import dev.winnow.object.OutOfReachException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/// Puts one command on the queue without anything else of the service: it starts quickly, and needs only the queue's
/// name and the AWS SDK's own environment.
public final class CommandSender {

    private static final int ATTEMPTS = 4;
    private static final String QUEUE = "winnow.queue";

    /// Where Quarkus looks for settings beside the environment, and how much that counts there.
    private static final Path SETTINGS = Path.of("config/application.properties");

    private static final int SETTINGS_ORDINAL = 260;

    private CommandSender() {}

    /// Sends a command, once the queue is found.
    ///
    /// @return where it was sent to
    /// @throws ConfigurationException when the queue is not there, may not be used, or cannot be reached for now
    public static String send(Command command) {
        SmallRyeConfig settings = settings();
        String queue = settings.getOptionalValue(QUEUE, String.class)
                .orElseThrow(() -> new ConfigurationException(
                        "Cannot send a command: winnow.queue (WINNOW_QUEUE) does not say which queue"));
        try (SqsClient sqs = client(settings)) {
            String url = Queues.url(sqs, queue);
            sqs.sendMessage(request -> request.queueUrl(url).messageBody(CommandForm.write(command)));
            return url;
        } catch (SdkException e) {
            throw OutOfReachException.unlessSettled(
                    "Cannot send to queue '" + queue + "' of winnow.queue (WINNOW_QUEUE): " + e.getMessage(), e);
        }
    }

    private static SmallRyeConfig settings() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addPropertiesSources()
                .addSystemSources()
                .withSources(new AwsEnvironment());
        if (Files.isRegularFile(SETTINGS)) {
            try {
                builder.withSources(new PropertiesConfigSource(SETTINGS.toUri().toURL(), SETTINGS_ORDINAL));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + SETTINGS, e);
            }
        }
        return builder.build();
    }

    private static SqsClient client(SmallRyeConfig settings) {
        SqsClientBuilder builder = SqsClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(
                        overrides -> overrides.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
        settings.getOptionalValue("quarkus.sqs.endpoint-override", URI.class).ifPresent(builder::endpointOverride);
        settings.getOptionalValue("quarkus.sqs.aws.region", String.class)
                .map(Region::of)
                .ifPresent(builder::region);
        return builder.build();
    }
}
