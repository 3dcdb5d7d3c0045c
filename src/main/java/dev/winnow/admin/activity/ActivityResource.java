package dev.winnow.admin.activity;

import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Cursor;
import dev.winnow.admin.call.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Who changed what.
@Path("/admin/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
@RunOnVirtualThread
@Singleton
public final class ActivityResource {

    private final Trail trail;
    private final Clock clock;

    ActivityResource(Trail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "listAudit",
            summary = "Who asked for what change on a day, the newest first",
            description = "An entry is written before its change is made; of one that was refused after all a second "
                    + "entry says so.")
    @APIResponse(responseCode = "200", description = "a page of the day's entries")
    public ActivityPage list(
            @Parameter(
                            description = "the day, UTC; today when left out",
                            schema = @Schema(type = SchemaType.STRING, format = "date", examples = "2026-11-22"))
                    @QueryParam("date")
                    @Nullable
                    String date,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(
                            description = "the 'next' of the page before",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^" + Cursor.FORM + "$"))
                    @QueryParam("cursor")
                    @Nullable
                    String cursor) {
        Parameters given = new Parameters();
        Optional<LocalDate> day = given.date(date);
        int most = given.limit(limit);
        given.check();
        return trail.page(
                day.orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
                most,
                cursor == null ? "" : cursor);
    }
}
