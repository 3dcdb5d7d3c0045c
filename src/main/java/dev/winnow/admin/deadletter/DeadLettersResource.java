package dev.winnow.admin.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Cursor;
import dev.winnow.admin.call.Note;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetterIndex;
import dev.winnow.deadletter.DeadLetterOffice;
import dev.winnow.deadletter.DeadLetterQueue;
import dev.winnow.deadletter.DeadLetters;
import dev.winnow.file.Reason;
import dev.winnow.notification.Command;
import dev.winnow.redrive.Filter;
import dev.winnow.sqs.Outbox;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Dead letters as the register has them; no call here receives a message or counts a look.
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@RunOnVirtualThread
@Singleton
public final class DeadLettersResource {

    /// The codes of all reasons.
    public static final List<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::code).toList();
    static final int LONGEST_KEY = 1024;

    static final List<String> STATES = Arrays.stream(DeadLetter.State.values())
            .map(DeadLettersResource::code)
            .toList();

    private final DeadLetterIndex index;
    private final DeadLetters letters;
    private final DeadLetterOffice office;
    private final DeadLetterQueue queue;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;
    private final SecurityIdentity caller;

    public DeadLettersResource(
            DeadLetterIndex index,
            DeadLetters letters,
            DeadLetterOffice office,
            DeadLetterQueue queue,
            Outbox outbox,
            Audit audit,
            Clock clock,
            SecurityIdentity caller) {
        this.index = index;
        this.letters = letters;
        this.office = office;
        this.queue = queue;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.caller = caller;
    }

    @GET
    @Path("dead-letters")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "listDeadLetters",
            summary = "Dead letters, the newest first, and how many there are of each reason",
            description = "Those that were discarded are listed only when asked for.")
    @APIResponse(responseCode = "200", description = "a page of the listing")
    public DeadLetterPage list(
            @Parameter(schema = @Schema(type = SchemaType.STRING, examples = "header.missing"))
                    @QueryParam("reason")
                    @Nullable
                    String reason,
            @Parameter(
                            description = "the folder under the incoming prefix, known or not",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST_KEY,
                                            examples = "membership"))
                    @QueryParam("dataset")
                    @Nullable
                    String dataset,
            @Parameter(
                            description = "what the file's key begins with",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST_KEY,
                                            examples = "incoming/membership/2026/"))
                    @QueryParam("keyPrefix")
                    @Nullable
                    String keyPrefix,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"open", "redriven", "discarded"}))
                    @QueryParam("state")
                    @Nullable
                    String state,
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
        Optional<String> wanted = given.word("reason", reason, REASONS);
        Filter others = new Filter(
                Optional.empty(),
                given.text("dataset", dataset, LONGEST_KEY),
                given.text("keyPrefix", keyPrefix, LONGEST_KEY),
                List.of());
        Optional<String> inState = given.word("state", state, STATES);
        int most = given.limit(limit);
        given.check();
        String listing = "dead-letters/" + wanted + others + inState;
        String after = Cursor.key(listing, "", cursor == null ? "" : cursor);

        DeadLetterIndex.Look look = index.look();
        List<DeadLetter> matching = look.letters().stream()
                .filter(letter ->
                        inState.map(code(letter.state())::equals).orElse(letter.state() != DeadLetter.State.DISCARDED))
                .filter(others::matches)
                .toList();
        List<DeadLetter> found = matching.stream()
                .filter(letter -> wanted.isEmpty() || letter.reason().equals(wanted.get()))
                .filter(letter -> isBehind(letter, after))
                .limit(most + 1L)
                .toList();
        List<DeadLetter> page = found.subList(0, Math.min(most, found.size()));
        return new DeadLetterPage(
                page,
                matching.stream()
                        .collect(Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting())),
                look.exact(),
                queue.depth(),
                found.size() > most ? Optional.of(Cursor.of(listing, "", place(page.getLast()))) : Optional.empty());
    }

    @GET
    @Path("dead-letters/{id}")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(operationId = "getDeadLetter", summary = "One dead letter")
    @APIResponse(responseCode = "200", description = "its entry")
    public DeadLetter get(
            @Parameter(
                            description = "the file's id, or the message's",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^" + Parameters.ID + "$"))
                    @PathParam("id")
                    String id) {
        return find(id);
    }

    @DELETE
    @Path("dead-letters/{id}")
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "discardDeadLetter",
            summary = "Hear no more of a dead letter",
            description =
                    "The notice leaves the dead-letter queue, the entry stays, and the file stays where it is. Of a file it "
                            + "can be restored; of a message that names no file it is for good, since the message leaves "
                            + "the queue with its notice. Idempotent.")
    @APIResponse(responseCode = "200", description = "the entry as it stands now")
    public DeadLetter discard(
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
        DeadLetter letter = find(id);
        String auditId = audit.enter("discardDeadLetter", Map.of("id", id), why);
        String by = caller.getPrincipal().getName();
        Instant now = clock.instant();
        DeadLetter discarded = audit.change(
                auditId,
                "discardDeadLetter",
                () -> letters.change(letter, it -> it.discarded().isPresent() ? it : it.discarded(by, now))
                        .orElseThrow(() -> missing(id)));
        outbox.send(new Command.Reconcile());
        return discarded;
    }

    @POST
    @Path("dead-letters/{id}/restore")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "restoreDeadLetter",
            summary = "Hear of a discarded dead letter again",
            description =
                    "Its notice is sent to the dead-letter queue anew. Only for files: with a message that names none, its "
                            + "body has left the queue. Idempotent.")
    @APIResponse(responseCode = "200", description = "the entry as it stands now")
    public DeadLetter restore(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^" + Parameters.ID + "$")) @PathParam("id")
                    String id,
            @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Note.class))) @Nullable
                    JsonNode body) {
        Optional<String> note = Body.note(body);
        DeadLetter letter = find(id);
        if (letter.state() == DeadLetter.State.DISCARDED && letter.file().isEmpty()) {
            throw ProblemException.of(
                    Status.CONFLICT,
                    "Cannot restore dead letter " + id
                            + ": it names no file, and its message left the queue when it was discarded");
        }
        String auditId = audit.enter("restoreDeadLetter", Map.of("id", id), note);
        DeadLetter restored = audit.change(
                auditId,
                "restoreDeadLetter",
                () -> letters.change(letter, DeadLetter::restored).orElseThrow(() -> missing(id)));
        // Also where it was restored already, since nobody knows whether the call before came as far as this. Of two
        // notices the next reconciliation leaves one.
        if (restored.state() == DeadLetter.State.OPEN) {
            office.ringAgain(restored);
        }
        return restored;
    }

    private DeadLetter find(String id) {
        return letters.find(Parameters.id(id)).orElseThrow(() -> missing(id));
    }

    private static ProblemException missing(String id) {
        return ProblemException.of(Status.NOT_FOUND, "Cannot find dead letter " + id + ": there is none of that id");
    }

    private static String code(DeadLetter.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /// Where a letter stands in the listing. What is given up meanwhile comes before it.
    private static String place(DeadLetter letter) {
        return letter.at() + "/" + letter.id();
    }

    private static boolean isBehind(DeadLetter letter, String place) {
        if (place.isEmpty()) {
            return true;
        }
        int slash = place.indexOf('/');
        int order = letter.at().compareTo(Instant.parse(place.substring(0, slash)));
        return order < 0 || (order == 0 && letter.id().compareTo(place.substring(slash + 1)) > 0);
    }
}
