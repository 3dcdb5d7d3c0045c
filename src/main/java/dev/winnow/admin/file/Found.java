package dev.winnow.admin.file;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a search has found, and how far it has looked.
@Schema(description = "What a search has found, and how far it has looked.")
public record Found(
        @Schema(required = true) List<Hit> hits,

        @Schema(
                required = true,
                description =
                        "whether all was looked at: dead letters, what waits, and what was decided in the last two days")
        boolean exact) {

    /// One thing that was found.
    @Schema(description = "One thing that was found.")
    public record Hit(
            @Schema(required = true, description = "of the file, or of a message that names none")
            String id,

            @Schema(required = true) FileStatus status,

            @Schema(required = true, description = "the file's key, or its name where the key is not known")
            String name) {}
}
