package dev.winnow.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ReasonTest {

    /// Alarms, redrive filters and runbooks name these words, so none may change.
    @Test
    void theWordsAreStable() {
        assertThat(Stream.of(Reason.values()).map(Reason::code).toList())
                .isEqualTo(List.of(
                        "event.unreadable",
                        "command.unknown",
                        "dataset.unknown",
                        "source.missing",
                        "receipt.missing",
                        "file.empty",
                        "compression.unsupported",
                        "compression.corrupt",
                        "compression.limit",
                        "charset.unsupported",
                        "csv.malformed",
                        "header.missing",
                        "header.duplicate",
                        "output.limit",
                        "exhausted",
                        "abandoned"));
    }
}
