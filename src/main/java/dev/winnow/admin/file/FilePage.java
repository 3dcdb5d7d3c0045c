package dev.winnow.admin.file;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One page of a listing. It may hold fewer files than asked for, none too, and the listing still go on.
@Schema(description = "One page of a listing. It may hold fewer files than asked for and still not be the last.")
public record FilePage(
        @Schema(required = true) List<FileItem> files,

        @Schema(
                required = true,
                description =
                        "how many objects of the bucket this page looked at: those asked for, or all that were left")
        int looked,

        @Schema(description = "the next page's cursor; absent on the last page")
        Optional<String> next) {}
