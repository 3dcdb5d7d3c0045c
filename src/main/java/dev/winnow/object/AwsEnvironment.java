package dev.winnow.object;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Lets the AWS SDKs' standard keys turn every client, the queue's included: `AWS_REGION`, `AWS_ENDPOINT_URL`,
/// and `AWS_ENDPOINT_URL_S3` and `AWS_ENDPOINT_URL_SQS`, which go before it.
///
/// An endpoint of one's own is rarely reachable by a host name per bucket, so it also turns on path-style
/// addresses. See <https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>.
public final class AwsEnvironment implements ConfigSourceFactory {

    /// Above `application.properties` (250), below system properties (400) and the environment (300).
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> derived = new HashMap<>();
        String everywhere = value(context, "AWS_ENDPOINT_URL", "");
        String s3 = value(context, "AWS_ENDPOINT_URL_S3", everywhere);
        String sqs = value(context, "AWS_ENDPOINT_URL_SQS", everywhere);
        String region = value(context, "AWS_REGION", value(context, "AWS_DEFAULT_REGION", ""));
        if (!s3.isEmpty()) {
            derived.put("quarkus.s3.endpoint-override", s3);
            derived.put("quarkus.s3.path-style-access", "true");
        }
        if (!sqs.isEmpty()) {
            derived.put("quarkus.sqs.endpoint-override", sqs);
        }
        if (!region.isEmpty()) {
            derived.put("quarkus.s3.aws.region", region);
            derived.put("quarkus.sqs.aws.region", region);
        }
        return List.of(new PropertiesConfigSource(derived, "AWS SDK environment", ORDINAL));
    }

    private static String value(ConfigSourceContext context, String name, String otherwise) {
        ConfigValue found = context.getValue(name);
        return found == null || found.getValue() == null || found.getValue().isEmpty() ? otherwise : found.getValue();
    }
}
