package dev.winnow.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in a trace a message was sent, in the two forms in which one may say so: W3C's `traceparent`
/// (<https://www.w3.org/TR/trace-context/>) and the header of AWS X-Ray, which SQS bears as `AWSTraceHeader`
/// (<https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader>).
public final class TraceParent {

    private static final Pattern W3C = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})");
    private static final Pattern PARENT = Pattern.compile("(?:^|;)\\s*Parent=([0-9a-f]{16})");
    private static final Pattern SAMPLED = Pattern.compile("(?:^|;)\\s*Sampled=1");

    private TraceParent() {}

    /// What is at work on this thread, in W3C's form; none while nothing is traced.
    public static Optional<String> current() {
        SpanContext here = Span.current().getSpanContext();
        return here.isValid()
                ? Optional.of("00-" + here.getTraceId() + '-' + here.getSpanId() + '-'
                        + here.getTraceFlags().asHex())
                : Optional.empty();
    }

    /// Reads W3C's form; anything else is none.
    static Optional<SpanContext> ofW3c(String text) {
        Matcher parts = W3C.matcher(text);
        return parts.matches() && !text.startsWith("ff")
                ? remote(parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0))
                : Optional.empty();
    }

    /// Reads X-Ray's form; anything else is none.
    static Optional<SpanContext> ofAws(String text) {
        Matcher root = ROOT.matcher(text);
        Matcher parent = PARENT.matcher(text);
        if (!root.find() || !parent.find()) {
            return Optional.empty();
        }
        TraceFlags flags = SAMPLED.matcher(text).find() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return remote(root.group(1) + root.group(2), parent.group(1), flags);
    }

    private static Optional<SpanContext> remote(String traceId, String spanId, TraceFlags flags) {
        SpanContext context = SpanContext.createFromRemoteParent(traceId, spanId, flags, TraceState.getDefault());
        return context.isValid() ? Optional.of(context) : Optional.empty();
    }
}
