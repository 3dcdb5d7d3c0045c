package dev.winnow.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The spans of the work on messages and files.
///
/// Off unless a collector is configured: then no class of OpenTelemetry's SDK is loaded. On, a span is put into a
/// queue in memory when it ends, and a thread of its own sends what is there; a collector that is down or slow costs
/// spans and never time.
@Singleton
public final class Tracing {

    /// How long a stop waits for the last spans to be sent.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Optional<Exporter> exporter;
    private final Tracer tracer;

    @Inject
    Tracing(TracingConfig config) {
        this(config.endpoint().map(Exporter::to));
    }

    private Tracing(Optional<Exporter> exporter) {
        this(exporter, exporter.map(Exporter::openTelemetry).orElseGet(OpenTelemetry::noop));
    }

    private Tracing(Optional<Exporter> exporter, OpenTelemetry openTelemetry) {
        this.exporter = exporter;
        this.tracer = openTelemetry.getTracer("dev.winnow");
    }

    /// Traces to wherever this is set up to.
    public static Tracing over(OpenTelemetry openTelemetry) {
        return new Tracing(Optional.empty(), openTelemetry);
    }

    /// Traces nothing.
    public static Tracing off() {
        return over(OpenTelemetry.noop());
    }

    /// Begins the work on a message that was received.
    ///
    /// @param parent where it was sent, in W3C's form
    /// @param awsHeader the same in X-Ray's form, which counts where there is no other
    /// @param link what it follows from, in W3C's form: the work that gave it up before
    public Traced message(
            String queue,
            Map<String, String> attributes,
            Optional<String> parent,
            Optional<String> awsHeader,
            Optional<String> link) {
        SpanBuilder span = tracer.spanBuilder("process " + queue).setSpanKind(SpanKind.CONSUMER);
        attributes.forEach(span::setAttribute);
        Optional<SpanContext> from = parent.flatMap(TraceParent::ofW3c).or(() -> awsHeader.flatMap(TraceParent::ofAws));
        span.setParent(from.map(it -> Context.root().with(Span.wrap(it))).orElseGet(Context::root));
        link.flatMap(TraceParent::ofW3c).ifPresent(span::addLink);
        return new Traced(span.startSpan());
    }

    /// Begins a part of what is at work on this thread.
    public Traced part(String name) {
        return new Traced(tracer.spanBuilder(name).startSpan());
    }

    /// Sends what is left, after the files in work are done.
    void stop(@Observes @Priority(3000) ShutdownEvent event) {
        exporter.ifPresent(it -> it.close(PATIENCE));
    }
}
