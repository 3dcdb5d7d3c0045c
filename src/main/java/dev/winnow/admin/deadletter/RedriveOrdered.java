package dev.winnow.admin.deadletter;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.redrive.Selection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A redrive that was ordered, or that would be.
@Schema(description = "A redrive that was ordered, or, of a dry run, that would be.")
public record RedriveOrdered(
        @Schema(description = "absent of a dry run") Optional<String> redriveId,

        @Schema(required = true, description = "how many letters are sent")
        int matched,

        @Schema(description = "of a dry run: how many more match but have come back too often")
        Optional<Integer> overBudget,

        @Schema(description = "of a dry run: how many more match but are on their way already")
        Optional<Integer> underWay,

        @Schema(description = "of a dry run: how many more match but are beyond the limit")
        Optional<Integer> left,

        @Schema(
                description =
                        "of a dry run: stands for the order and for exactly these letters, to be sent with the order")
        Optional<String> token,

        @Schema(description = "of a dry run: the first five letters, the oldest first")
        Optional<List<DeadLetter>> samples,

        @Schema(description = "of a dry run: whether all dead letters were looked at")
        Optional<Boolean> exact,

        @Schema(description = "the id of its audit entry; absent of a dry run")
        Optional<String> auditId) {

    private static final int SAMPLES = 5;

    static RedriveOrdered ordered(String redriveId, int matched, String auditId) {
        return new RedriveOrdered(
                Optional.of(redriveId),
                matched,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(auditId));
    }

    static RedriveOrdered dryRun(Selection selection, String token) {
        return new RedriveOrdered(
                Optional.empty(),
                selection.letters().size(),
                Optional.of(selection.overBudget()),
                Optional.of(selection.underWay()),
                Optional.of(selection.left()),
                Optional.of(token),
                Optional.of(selection.letters().stream().limit(SAMPLES).toList()),
                Optional.of(selection.exact()),
                Optional.empty());
    }
}
