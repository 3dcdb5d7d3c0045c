package dev.winnow.telemetry;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Where traces go: OpenTelemetry's own settings. All others of its `OTEL_…` variables are heeded as well once one of
/// these is set: <https://opentelemetry.io/docs/languages/sdk-configuration/>.
@ConfigMapping(prefix = "otel.exporter.otlp")
public interface TracingConfig {

    /// The collector, by URL. Without it nothing is traced.
    Optional<String> endpoint();
}
