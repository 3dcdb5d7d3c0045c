package dev.winnow.admin.file;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What of a file somebody wants to have.
@Schema(description = "What of a file is wanted.", additionalProperties = Schema.False.class)
record DownloadRequest(
        @Schema(
                required = true,
                type = SchemaType.STRING,
                enumeration = {"successful", "unsuccessful", "backup"})
        Optional<String> what) {

    static final List<String> CHOICES = List.of("successful", "unsuccessful", "backup");
}
