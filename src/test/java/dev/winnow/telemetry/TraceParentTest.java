package dev.winnow.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentTest {

    @Test
    void w3cIsRead() {
        SpanContext context = TraceParent.ofW3c("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .orElseThrow();

        assertThat(context.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(context.getSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(context.isSampled()).isTrue();
        assertThat(context.isRemote()).isTrue();
    }

    @Test
    void theHeaderOfXRayIsReadInAnyOrder() {
        String header = "Self=1-67891234-000000000000000000000001;Parent=53995c3f42cd8ad8;Sampled=0"
                + ";Root=1-5759e988-bd862e3fe1be46a994272793;Lineage=a:0";

        Optional<SpanContext> context = TraceParent.ofAws(header);

        assertThat(context.map(SpanContext::getTraceId)).hasValue("5759e988bd862e3fe1be46a994272793");
        assertThat(context.map(SpanContext::getSpanId)).hasValue("53995c3f42cd8ad8");
        assertThat(context.map(SpanContext::isSampled)).hasValue(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zelda@example.com",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "Root=1-5759e988-bd862e3fe1be46a994272793",
                "Root=1-00000000-000000000000000000000000;Parent=53995c3f42cd8ad8"
            })
    void anythingElseIsNone(String text) {
        assertThat(TraceParent.ofW3c(text)).isEmpty();
        assertThat(TraceParent.ofAws(text)).isEmpty();
    }

    @Test
    void whileNothingIsTracedThereIsNoCurrentOne() {
        try (Traced _ = Tracing.off().part("work")) {
            assertThat(TraceParent.current()).isEmpty();
        }
    }
}
