package dev.winnow.admin.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetters;
import dev.winnow.notification.Command;
import dev.winnow.redrive.Order;
import dev.winnow.redrive.Selection;
import dev.winnow.redrive.Selector;
import dev.winnow.sqs.Outbox;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Gatherers;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Many dead letters discarded at once: all that a filter means, and nothing that came, or came back, since it was
/// looked at.
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@RunOnVirtualThread
@Singleton
public final class DiscardResource {

    private static final int AT_ONCE = 32;

    private final Selector selector;
    private final DeadLetters letters;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;
    private final SecurityIdentity caller;

    public DiscardResource(
            Selector selector, DeadLetters letters, Outbox outbox, Audit audit, Clock clock, SecurityIdentity caller) {
        this.selector = selector;
        this.letters = letters;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.caller = caller;
    }

    @POST
    @Path("dead-letters/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "discardDeadLetters",
            summary = "Hear no more of many dead letters",
            description = "As discardDeadLetter does for one, 10000 at most, with one audit entry. Those that are on "
                    + "their way after a redrive stay. One that dies midway has discarded some: the same call again, "
                    + "without a token, discards the rest.")
    @APIResponse(responseCode = "200", description = "what was discarded, or, of a dry run, would be")
    public DiscardAnswer discard(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = DiscardRequest.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "byReason",
                                                            value = "{\"reason\":\"csv.malformed\",\"dryRun\":true}")))
                    @Nullable
                    JsonNode body) {
        if (body == null) {
            throw ProblemException.invalid("body", "must be a JSON object");
        }
        DiscardRequest request = Body.read(body, DiscardRequest.class);
        request.check();
        String by = caller.getPrincipal().getName();
        // How often a letter has come back does not matter here.
        Order order = new Order("discard", by, request.note(), request.filter(), OptionalInt.empty(), true);
        Selection selection = selector.select(order);
        String token = FilterForm.token(order, selection);
        if (request.dryRun().orElse(false)) {
            return DiscardAnswer.dryRun(selection, token);
        }
        if (request.token().filter(it -> !it.equals(token)).isPresent()) {
            throw ProblemException.of(
                    Status.CONFLICT, "Cannot discard: what would be discarded has changed since the dry run");
        }
        Map<String, Object> parameters = FilterForm.parameters(request.filter());
        parameters.put("matched", selection.letters().size());
        String auditId = audit.enter("discardDeadLetters", parameters, request.note());
        Instant now = clock.instant();
        long discarded = selection.letters().stream()
                .gather(Gatherers.mapConcurrent(AT_ONCE, letter -> isDiscarded(letter, by, now)))
                .filter(it -> it)
                .count();
        outbox.send(new Command.Reconcile());
        return DiscardAnswer.done(selection, (int) discarded, auditId);
    }

    /// Discards a letter, if it still is as it was looked at.
    private boolean isDiscarded(DeadLetter letter, String by, Instant now) {
        DeadLetter.Discarded mark = new DeadLetter.Discarded(by, now);
        Optional<DeadLetter> after = letters.change(letter, it -> it.equals(letter) ? it.discarded(by, now) : it);
        return after.flatMap(DeadLetter::discarded).filter(mark::equals).isPresent();
    }
}
