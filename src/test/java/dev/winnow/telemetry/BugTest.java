package dev.winnow.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class BugTest {

    @Test
    void theTraceHasClassesAndLinesAndNoWords() {
        Exception cause = new NumberFormatException("For input string: \"zelda@example.com\"");
        Exception fault = new IllegalStateException("Cannot read zelda@example.com", cause);
        fault.addSuppressed(new IllegalArgumentException("zelda@example.com"));

        String printed = printed(Bug.of(fault));

        assertThat(printed)
                .startsWith("dev.winnow.telemetry.Bug: java.lang.IllegalStateException\n")
                .contains("Caused by: dev.winnow.telemetry.Bug: java.lang.NumberFormatException\n")
                .contains(fault.getStackTrace()[0].toString())
                .doesNotContain("zelda");
    }

    @Test
    void causesInACircleEnd() {
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalStateException("other", one);
        one.initCause(other);

        assertThat(printed(Bug.of(one)))
                .contains("Caused by: dev.winnow.telemetry.Bug: java.lang.IllegalStateException");
    }

    private static String printed(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
