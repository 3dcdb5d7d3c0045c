package dev.winnow.admin.file;

import dev.winnow.decision.Violation;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Some of a file's rows that were not accepted, as the sender wrote them.
@Schema(description = "Some of a file's rows that were not accepted, as the sender wrote them.")
public record RejectedPage(
        @Schema(required = true, description = "the generation that decided them")
        int generation,

        @Schema(required = true, description = "the sender's columns")
        List<String> columns,

        @Schema(required = true) List<Row> rows,

        @Schema(
                required = true,
                description = "whether cells are masked, as they are for whoever may change nothing: each character "
                        + "that could be read is a '•'")
        boolean masked,

        @Schema(description = "how many rows to skip for the next page; absent on the last one")
        Optional<Integer> next) {

    /// A row that is not accepted.
    @Schema(description = "A row that is not accepted.")
    public record Row(
            @Schema(required = true, description = "the line on which it begins")
            long line,

            @Schema(required = true, description = "the rules it breaks; 'field' is empty where no one cell does")
            List<Violation> violations,

            @Schema(required = true, description = "none of an unreadable row")
            List<String> cells) {}
}
