package dev.winnow.admin.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Note;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.redrive.Redrive;
import dev.winnow.redrive.Redrives;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A redrive that was ordered held, let go on, or ended.
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Redrives")
@RunOnVirtualThread
@Singleton
public final class SteeringResource {

    private final Redrives redrives;
    private final RedriveStates states;
    private final Audit audit;

    public SteeringResource(Redrives redrives, RedriveStates states, Audit audit) {
        this.redrives = redrives;
        this.states = states;
        this.audit = audit;
    }

    @DELETE
    @Path("redrives/{id}")
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "cancelRedrive",
            summary = "End a redrive where it stands",
            description =
                    "What was sent back stays so. Idempotent; one that is done stays done, one that is paused ends.")
    @APIResponse(responseCode = "200", description = "the redrive as it stands now")
    public RedriveState cancel(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^" + Parameters.ID + "$")) @PathParam("id")
                    String id,
            @Parameter(
                            description = "why, for the audit entry",
                            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = Note.LONGEST))
                    @QueryParam("note")
                    @Nullable
                    String note) {
        Parameters given = new Parameters();
        Optional<String> why = given.text("note", note, Note.LONGEST);
        given.check();
        Redrive redrive = states.find(id);
        String auditId = audit.enter("cancelRedrive", Map.of("redriveId", redrive.id()), why);
        return states.of(audit.change(
                auditId, "cancelRedrive", () -> redrives.cancel(id).orElseThrow(() -> RedriveStates.missing(id))));
    }

    @POST
    @Path("redrives/{id}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "pauseRedrive",
            summary = "Hold a redrive where it stands",
            description = "The few letters that are on their way still go, at most twenty; no further ones until it is "
                    + "resumed. Idempotent. Refused where there is nothing to hold: it has ended, all of its letters "
                    + "have been sent, or SQS itself moves the queue.")
    @APIResponse(responseCode = "200", description = "the redrive as it stands now")
    public RedriveState pause(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^" + Parameters.ID + "$")) @PathParam("id")
                    String id,
            @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Note.class))) @Nullable
                    JsonNode body) {
        Optional<String> note = Body.note(body);
        refuseUnpausable(states.find(id));
        String auditId = audit.enter("pauseRedrive", Map.of("redriveId", id), note);
        return states.of(audit.change(auditId, "pauseRedrive", () -> {
            Redrive paused = redrives.pause(id).orElseThrow(() -> RedriveStates.missing(id));
            refuseUnpausable(paused);
            return paused;
        }));
    }

    @POST
    @Path("redrives/{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "resumeRedrive",
            summary = "Let a redrive go on that was paused",
            description =
                    "Any replica goes on with it from where it stands. Idempotent; the command of one that runs is "
                            + "sent anew. Refused where it has ended.")
    @APIResponse(responseCode = "200", description = "the redrive as it stands now")
    public RedriveState resume(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^" + Parameters.ID + "$")) @PathParam("id")
                    String id,
            @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Note.class))) @Nullable
                    JsonNode body) {
        Optional<String> note = Body.note(body);
        refuseEnded("resume", states.find(id));
        String auditId = audit.enter("resumeRedrive", Map.of("redriveId", id), note);
        return states.of(audit.change(auditId, "resumeRedrive", () -> {
            Redrive resumed = redrives.resume(id).orElseThrow(() -> RedriveStates.missing(id));
            refuseEnded("resume", resumed);
            return resumed;
        }));
    }

    private static void refuseUnpausable(Redrive redrive) {
        refuseEnded("pause", redrive);
        if (redrive.task().isPresent()) {
            throw refused("pause", redrive, "SQS itself moves the queue, which can only be cancelled");
        }
        if (redrive.sent() == redrive.letters().size()) {
            throw refused("pause", redrive, "all of its letters have been sent");
        }
    }

    private static void refuseEnded(String verb, Redrive redrive) {
        switch (redrive.state()) {
            case RUNNING, PAUSED -> {}
            case DONE, CANCELLED ->
                throw refused(verb, redrive, "it is " + redrive.state().code());
        }
    }

    private static ProblemException refused(String verb, Redrive redrive, String why) {
        return ProblemException.of(Status.CONFLICT, "Cannot " + verb + " redrive " + redrive.id() + ": " + why);
    }
}
