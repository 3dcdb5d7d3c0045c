package dev.winnow.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// One piece of work on this thread, from here to its close, as its span and in the log: each line in between has the
/// trace's id.
///
/// Attributes are counts, codes, ids and keys, and never what a record holds.
public final class Traced implements AutoCloseable {

    private static final String TRACE_ID = "traceId";
    private static final String SPAN_ID = "spanId";

    private final Span span;
    private final Scope scope;
    private final @Nullable Object traceBefore = MDC.get(TRACE_ID);
    private final @Nullable Object spanBefore = MDC.get(SPAN_ID);

    @SuppressWarnings("MustBeClosedChecker") // This closes what it opens when it is closed itself.
    Traced(Span span) {
        this.span = span;
        this.scope = span.makeCurrent();
        if (span.getSpanContext().isValid()) {
            MDC.put(TRACE_ID, span.getSpanContext().getTraceId());
            MDC.put(SPAN_ID, span.getSpanContext().getSpanId());
        }
    }

    public Traced with(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    public Traced with(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    /// Marks the work as failed.
    ///
    /// @param type a code, or the error's class: not its own words
    public void failed(String type) {
        span.setAttribute("error.type", type);
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
        restore(TRACE_ID, traceBefore);
        restore(SPAN_ID, spanBefore);
        scope.close();
        span.end();
    }

    private static void restore(String key, @Nullable Object before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
