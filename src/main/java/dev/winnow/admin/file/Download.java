package dev.winnow.admin.file;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Leave to get one object of a file.
@Schema(description = "Leave to get one object of a file, by a GET of the URL.")
public record Download(
        @Schema(required = true) String key,
        @Schema(required = true, format = "uri") String url,

        @Schema(required = true, description = "from when on the store answers 403; then ask for another")
        Instant expiresAt,

        @Schema(required = true, format = "uuid", description = "the id of its audit entry")
        String auditId) {}
