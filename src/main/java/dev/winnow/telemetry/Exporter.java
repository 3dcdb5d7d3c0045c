package dev.winnow.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// OpenTelemetry's SDK as its own `OTEL_…` settings describe it, for traces alone: metrics are Prometheus's, logs are
/// the platform's.
final class Exporter {

    private final OpenTelemetrySdk sdk;

    private Exporter(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    static Exporter to(String endpoint) {
        return new Exporter(AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(Exporter.class.getClassLoader())
                .disableShutdownHook()
                .addPropertiesSupplier(() -> Map.of(
                        "otel.service.name", "winnow",
                        "otel.exporter.otlp.endpoint", endpoint,
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none"))
                .build()
                .getOpenTelemetrySdk());
    }

    OpenTelemetry openTelemetry() {
        return sdk;
    }

    void close(Duration patience) {
        sdk.shutdown().join(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
