package dev.winnow.admin.upload;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Leave to put one file into the bucket.
@Schema(description = "Leave to put one file into the bucket, by a PUT to the URL.")
public record Upload(
        @Schema(required = true, examples = "incoming/membership/members.csv")
        String key,

        @Schema(required = true, format = "uri") String url,

        @Schema(required = true, description = "to be sent with it, exactly so: they are signed too")
        Map<String, String> headers,

        @Schema(required = true, description = "from when on the store answers 403; then ask for another")
        Instant expiresAt,

        @Schema(required = true, format = "uuid", description = "the id of its audit entry")
        String auditId) {}
