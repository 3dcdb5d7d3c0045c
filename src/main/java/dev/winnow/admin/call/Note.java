package dev.winnow.admin.call;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Why a call is made, in the caller's own words, for the audit entry.
@Schema(description = "Why the call is made, for the audit entry.", additionalProperties = Schema.False.class)
public record Note(
        @Schema(
                maxLength = Note.LONGEST,
                description = "in the caller's own words; no person's data",
                examples = "SUP-1234: mobile rule mended")
        Optional<String> note) {

    public static final int LONGEST = 1000;
}
