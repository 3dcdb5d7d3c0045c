package dev.winnow.admin.call;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// That a call was taken up: it is on the queue, and one of the replicas will do it.
@Schema(description = "That a call was taken up: it is on the queue, and one of the replicas will do it.")
public record Accepted(
        @Schema(required = true, description = "the id of its audit entry", format = "uuid")
        String auditId,

        @Schema(description = "the generation that the new one replaces")
        Optional<Integer> replaces) {

    public Accepted(String auditId) {
        this(auditId, Optional.empty());
    }
}
