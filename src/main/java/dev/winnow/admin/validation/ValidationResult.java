package dev.winnow.admin.validation;

import dev.winnow.decision.Violation;
import dev.winnow.receipt.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What would become of a file. No cell of it stands here.
@Schema(description = "What would become of a file. No cell of it stands here.")
public record ValidationResult(
        @Schema(required = true, examples = "membership") String dataset,

        @Schema(required = true, description = "the rules that decided: equal versions decide alike")
        String rulesVersion,

        @Schema(
                required = true,
                description = "whether the file can be read as records; if not, it would be a dead letter")
        boolean readable,

        @Schema(description = "why it cannot be read", examples = "header.missing")
        Optional<String> reason,

        @Schema(description = "what exactly is wrong, in a sentence")
        Optional<String> detail,

        @Schema(description = "which required columns the first row lacks, where that is the reason")
        Optional<List<String>> missing,

        Optional<Columns> columns,

        Optional<Receipt.Records> records,

        @Schema(required = true, description = "how often each code was given")
        SortedMap<String, Long> violations,

        @Schema(required = true, description = "the first rows that are not accepted")
        List<Row> rows,

        @Schema(required = true, description = "whether more rows are not accepted than are listed")
        boolean truncated) {

    /// The file's columns.
    @Schema(name = "Columns")
    public record Columns(
            @Schema(required = true, description = "what a file of the dataset must have; this one has them all")
            List<String> required,

            @Schema(required = true, description = "further columns, which are carried along; the first hundred")
            List<String> unknown) {}

    /// A row that is not accepted.
    ///
    /// @param line the file's first is 1
    @Schema(name = "Row")
    public record Row(
            @Schema(required = true, description = "where the row starts; the file's first line is 1")
            long line,

            @Schema(required = true) List<Violation> violations) {}
}
