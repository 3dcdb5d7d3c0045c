package dev.winnow.admin.deadletter;

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

        @Schema(description = "the id of its audit entry; absent of a dry run")
        Optional<String> auditId) {}
