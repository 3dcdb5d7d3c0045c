package dev.winnow.admin.live;

import dev.winnow.admin.file.FileItem;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The files that were decided in the last hour.
@Schema(description = "The files that were decided in the last hour.")
public record LatestPage(
        @Schema(required = true, description = "the moment behind which they were decided")
        Instant since,

        @Schema(
                required = true,
                description = "whether these are all of the last hour, or of its newest thousand files")
        boolean exact,

        @Schema(required = true, description = "by their first receipts, the newest first")
        List<FileItem> files) {}
