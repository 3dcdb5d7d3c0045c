package dev.winnow.admin.activity;

import dev.winnow.admin.access.AuditEntry;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One page of a day's audit entries, the newest first.
@Schema(description = "One page of a day's audit entries, the newest first.")
public record ActivityPage(
        @Schema(required = true, description = "the day, UTC")
        LocalDate date,

        @Schema(required = true) List<AuditEntry> entries,

        @Schema(required = true, description = "the latest days that have entries, the newest first")
        List<LocalDate> days,

        @Schema(required = true, description = "whether all of the day's entries were looked at")
        boolean exact,

        @Schema(description = "the next page's cursor; absent on the last page")
        Optional<String> next) {}
