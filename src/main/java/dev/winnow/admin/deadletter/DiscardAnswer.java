package dev.winnow.admin.deadletter;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.redrive.Selection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What was discarded, or would be.
@Schema(description = "What was discarded, or, of a dry run, would be.")
public record DiscardAnswer(
        @Schema(required = true, description = "how many letters were meant")
        int matched,

        @Schema(description = "how many of them were discarded; absent of a dry run")
        Optional<Integer> discarded,

        @Schema(
                description =
                        "how many of them were passed over: committed, sent back, discarded or given up anew meanwhile; "
                                + "absent of a dry run")
        Optional<Integer> skipped,

        @Schema(required = true, description = "how many more match but are on their way, and stay")
        int underWay,

        @Schema(required = true, description = "how many more match but are beyond what one call discards")
        int left,

        @Schema(
                description =
                        "of a dry run: stands for the filter and for exactly these letters, to be sent with the call")
        Optional<String> token,

        @Schema(description = "of a dry run: the first five letters, the oldest first")
        Optional<List<DeadLetter>> samples,

        @Schema(required = true, description = "whether all dead letters were looked at")
        boolean exact,

        @Schema(description = "the id of its audit entry; absent of a dry run")
        Optional<String> auditId) {

    private static final int SAMPLES = 5;

    static DiscardAnswer dryRun(Selection selection, String token) {
        return new DiscardAnswer(
                selection.letters().size(),
                Optional.empty(),
                Optional.empty(),
                selection.underWay(),
                selection.left(),
                Optional.of(token),
                Optional.of(selection.letters().stream().limit(SAMPLES).toList()),
                selection.exact(),
                Optional.empty());
    }

    static DiscardAnswer done(Selection selection, int discarded, String auditId) {
        return new DiscardAnswer(
                selection.letters().size(),
                Optional.of(discarded),
                Optional.of(selection.letters().size() - discarded),
                selection.underWay(),
                selection.left(),
                Optional.empty(),
                Optional.empty(),
                selection.exact(),
                Optional.of(auditId));
    }
}
