package dev.winnow.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Accepted;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Note;
import dev.winnow.admin.call.Parameters;
import dev.winnow.decision.Datasets;
import dev.winnow.notification.Command;
import dev.winnow.sqs.Outbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What the hourly schedule asks for, at any other time.
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedule")
@RunOnVirtualThread
@Singleton
public final class CommandsResource {

    private final Datasets datasets;
    private final Outbox outbox;
    private final Audit audit;

    CommandsResource(Datasets datasets, Outbox outbox, Audit audit) {
        this.datasets = datasets;
        this.outbox = outbox;
        this.audit = audit;
    }

    @POST
    @Path("sweep")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "sweep",
            summary = "Put through what waits unheard of",
            description = "Idempotent: what a sweep finds is decided once, however many there are.")
    @APIResponse(
            responseCode = "202",
            description = "the command is on the queue",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    public Response sweep(
            @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Note.class))) @Nullable
                    JsonNode body) {
        Optional<String> note = Body.note(body);
        String id = audit.enter("sweep", Map.of(), note);
        outbox.send(new Command.Sweep());
        return Response.accepted(new Accepted(id)).build();
    }

    @POST
    @Path("consolidate")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "consolidate",
            summary = "Put the outputs of hours together",
            description =
                    "Idempotent: an hour put together again has the same bytes, unless files were committed since.")
    @APIResponse(
            responseCode = "202",
            description = "the command is on the queue",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    public Response consolidate(
            @Parameter(
                            description = "of which dataset; of all when left out",
                            schema = @Schema(type = SchemaType.STRING, examples = "membership"))
                    @QueryParam("dataset")
                    @Nullable
                    String dataset,
            @Parameter(
                            description = "which hour, UTC; every one that is due when left out",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = "^(" + Parameters.HOUR_OF_DAY + ")$",
                                            examples = "2026-11-22T09"))
                    @QueryParam("hour")
                    @Nullable
                    String hour,
            @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Note.class))) @Nullable
                    JsonNode body) {
        Parameters given = new Parameters();
        Optional<String> name =
                dataset == null ? Optional.empty() : Optional.of(given.dataset(dataset, datasets.names()));
        Optional<Instant> start = given.hourOfDay(hour);
        given.check();
        Optional<String> note = Body.note(body);
        Map<String, Object> parameters = new TreeMap<>();
        name.ifPresent(it -> parameters.put("dataset", it));
        start.ifPresent(it -> parameters.put("hour", it.toString()));
        String id = audit.enter("consolidate", parameters, note);
        outbox.send(new Command.Consolidate(name, start));
        return Response.accepted(new Accepted(id)).build();
    }
}
