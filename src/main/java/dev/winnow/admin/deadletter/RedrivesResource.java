package dev.winnow.admin.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.file.Sha256;
import dev.winnow.redrive.MoveTask;
import dev.winnow.redrive.Order;
import dev.winnow.redrive.Redrive;
import dev.winnow.redrive.Redrives;
import dev.winnow.redrive.Selection;
import dev.winnow.redrive.Selector;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Redrives: dead letters that are sent back.
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Redrives")
@RunOnVirtualThread
@Singleton
public final class RedrivesResource {

    private static final int LISTED = 100;
    private static final int LONGEST_KEY = 255;

    private final Redrives redrives;
    private final Selector selector;
    private final MoveTask task;
    private final RedriveStates states;
    private final Audit audit;
    private final SecurityIdentity caller;

    public RedrivesResource(
            Redrives redrives,
            Selector selector,
            MoveTask task,
            RedriveStates states,
            Audit audit,
            SecurityIdentity caller) {
        this.redrives = redrives;
        this.selector = selector;
        this.task = task;
        this.states = states;
        this.audit = audit;
        this.caller = caller;
    }

    @POST
    @Path("dead-letters/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "redrive",
            summary = "Send dead letters back",
            description =
                    "What matches now is sent back by and by. With an Idempotency-Key, the same call again is the same "
                            + "redrive. Without one it is another, which passes over what is on its way: no letter is sent twice.")
    @APIResponse(
            responseCode = "200",
            description = "of a dry run: what would be sent",
            content = @Content(schema = @Schema(implementation = RedriveOrdered.class)))
    @APIResponse(
            responseCode = "202",
            description = "the redrive is ordered",
            content = @Content(schema = @Schema(implementation = RedriveOrdered.class)))
    public Response order(
            @Parameter(
                            description = "the same for each try of one call",
                            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = LONGEST_KEY))
                    @HeaderParam(Parameters.IDEMPOTENCY_KEY)
                    @Nullable
                    String key,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = RedriveRequest.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "byReason",
                                                            value = "{\"reason\":\"header.missing\",\"dryRun\":true}")))
                    @Nullable
                    JsonNode body) {
        if (body == null) {
            throw ProblemException.invalid("body", "must be a JSON object");
        }
        RedriveRequest request = Body.read(body, RedriveRequest.class);
        request.check();
        Parameters given = new Parameters();
        Optional<String> retried = given.text(Parameters.IDEMPOTENCY_KEY, key, LONGEST_KEY);
        given.check();
        String by = caller.getPrincipal().getName();
        Order order = new Order(
                retried.map(it -> id(by, it)).orElseGet(() -> UUID.randomUUID().toString()),
                by,
                request.note(),
                request.filter(),
                request.max().map(OptionalInt::of).orElse(OptionalInt.empty()),
                request.resetBudget().orElse(false));
        if (request.dryRun().orElse(false)) {
            Selection selection = selector.select(order);
            return Response.ok(RedriveOrdered.dryRun(selection, FilterForm.token(order, selection)))
                    .build();
        }
        Optional<Redrive> before = redrives.find(order.id());
        before.ifPresent(known -> refuseAnother(known, order, request));
        if (before.isEmpty()) {
            request.token().ifPresent(token -> refuseDrift(token, order));
        }
        String auditId = audit.enter("redrive", request.parameters(order.id()), request.note());
        Redrive redrive = audit.change(auditId, "redrive", () -> {
            Redrive ordered = request.isEverything() ? orderQueue(order) : redrives.order(order);
            // Of two at once with the same key, the other may have come first.
            refuseAnother(ordered, order, request);
            return ordered;
        });
        return Response.accepted(
                        RedriveOrdered.ordered(redrive.id(), redrive.letters().size(), auditId))
                .build();
    }

    @GET
    @Path("redrives")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "listRedrives",
            summary = "The latest hundred redrives, the newest first",
            description = "What became of their letters is told of each by getRedrive.")
    @APIResponse(responseCode = "200", description = "the redrives")
    public List<RedriveState> list() {
        List<Redrive> latest = redrives.latest(LISTED);
        Function<Instant, Optional<MoveTask.Progress>> progress =
                latest.stream().anyMatch(it -> it.task().isPresent()) ? task.progress() : _ -> Optional.empty();
        return latest.stream()
                .map(redrive -> RedriveState.of(
                        redrive, Optional.empty(), redrive.task().flatMap(_ -> progress.apply(redrive.startedAt()))))
                .toList();
    }

    @GET
    @Path("redrives/{id}")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "getRedrive",
            summary = "One redrive, how far it is, and what became of its letters",
            description =
                    "'succeeded', 'backAgain' and 'left' are as of now; what they lack of 'sent' is lost, or was discarded. "
                            + "Where SQS moves the whole queue, 'queue' has what it tells instead.")
    @APIResponse(responseCode = "200", description = "the redrive")
    public RedriveState get(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^" + Parameters.ID + "$")) @PathParam("id")
                    String id) {
        return states.of(states.find(id));
    }

    private Redrive orderQueue(Order order) {
        try {
            return redrives.orderQueue(order);
        } catch (MoveTask.BusyException e) {
            throw ProblemException.of(Status.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    /// As the draft of the header has it:
    /// <https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header#section-2.7>.
    private static void refuseAnother(Redrive known, Order order, RedriveRequest request) {
        if (!known.isOf(order, request.isEverything())) {
            throw ProblemException.of(
                    ProblemException.UNPROCESSABLE,
                    "Cannot order the redrive: the Idempotency-Key was given for another one");
        }
    }

    /// What was given up, sent back or mended since the dry run is another redrive than the one that was looked at.
    private void refuseDrift(String token, Order order) {
        if (!token.equals(FilterForm.token(order, selector.select(order)))) {
            throw ProblemException.of(
                    Status.CONFLICT, "Cannot order the redrive: what it would send has changed since the dry run");
        }
    }

    /// The redrive's id follows from who asks and the key, so that nobody meets another's.
    private static String id(String by, String key) {
        MessageDigest digest = Sha256.digest();
        digest.update((by + '\n' + key).getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest).substring(0, 24);
    }
}
