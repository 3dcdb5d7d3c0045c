package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class AwsEnvironmentTest {

    /// Settings are `NAME=value`, joined by a space.
    @ParameterizedTest
    @CsvFileSource(resources = "aws-environment.csv", useHeadersInDisplayName = true)
    void theSdksOwnKeysTurnTheClients(String environment, String derived) {
        assertThat(derived(settings(environment))).isEqualTo(settings(derived));
    }

    @Test
    void theSdksKeysGoBeforeTheApplicationsFileAndAfterTheEnvironment() {
        ConfigSource source = new AwsEnvironment()
                .getConfigSources(context(Map.of()))
                .iterator()
                .next();

        assertThat(source.getOrdinal()).isGreaterThan(250).isLessThan(300);
    }

    @Test
    void theServiceFindsTheSdksKeys() {
        assertThat(new SmallRyeConfigBuilder()
                        .addDiscoveredSources()
                        .withDefaultValue("AWS_ENDPOINT_URL", "http://a")
                        .build()
                        .getValue("quarkus.s3.endpoint-override", String.class))
                .isEqualTo("http://a");
    }

    private static Map<String, String> derived(Map<String, String> environment) {
        return new AwsEnvironment()
                .getConfigSources(context(environment))
                .iterator()
                .next()
                .getProperties();
    }

    private static Map<String, String> settings(String text) {
        return Stream.of(text.split(" "))
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    private static ConfigSourceContext context(Map<String, String> environment) {
        return new ConfigSourceContext() {
            @Override
            public @Nullable ConfigValue getValue(String name) {
                String value = environment.get(name);
                return value == null
                        ? null
                        : ConfigValue.builder().withName(name).withValue(value).build();
            }

            @Override
            public Iterator<String> iterateNames() {
                return environment.keySet().iterator();
            }
        };
    }
}
