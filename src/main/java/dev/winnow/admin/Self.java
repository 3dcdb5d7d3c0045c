package dev.winnow.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Who calls, and what this service takes in.
@Schema(description = "Who calls, and what this service takes in.")
public record Self(
        @Schema(required = true, examples = "olga") String name,

        @Schema(
                required = true,
                type = SchemaType.STRING,
                enumeration = {"viewer", "operator"},
                description = "the most that the caller may do")
        String role,

        @Schema(required = true, description = "the service's version")
        String version,

        @Schema(required = true) String bucket,

        @Schema(required = true, description = "the prefix under which files are dropped", examples = "incoming/")
        String incoming,

        @Schema(required = true) List<Kind> datasets) {

    /// A kind of file.
    @Schema(description = "A kind of file.")
    public record Kind(
            @Schema(required = true, examples = "membership")
            String name,

            @Schema(required = true, description = "the columns that a file must have")
            List<String> columns) {}
}
