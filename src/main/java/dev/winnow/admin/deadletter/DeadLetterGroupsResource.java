package dev.winnow.admin.deadletter;

import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Parameters;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetterIndex;
import dev.winnow.redrive.Filter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Dead letters by what is the matter with them: what an operator sees first.
@Path("/admin/dead-letter-groups")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@RunOnVirtualThread
@Singleton
public final class DeadLetterGroupsResource {

    private final DeadLetterIndex index;

    DeadLetterGroupsResource(DeadLetterIndex index) {
        this.index = index;
    }

    @GET
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "groupDeadLetters",
            summary = "Dead letters by reason: how many, since when, where, and one of each",
            description = "Those that were discarded are counted only when asked for.")
    @APIResponse(responseCode = "200", description = "the groups, the largest first")
    public DeadLetterGroups list(
            @Parameter(
                            description = "the folder under the incoming prefix, known or not",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = DeadLettersResource.LONGEST_KEY,
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
                                            maxLength = DeadLettersResource.LONGEST_KEY,
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
                    String state) {
        Parameters given = new Parameters();
        Filter filter = new Filter(
                Optional.empty(),
                given.text("dataset", dataset, DeadLettersResource.LONGEST_KEY),
                given.text("keyPrefix", keyPrefix, DeadLettersResource.LONGEST_KEY),
                List.of());
        Optional<String> inState = given.word("state", state, DeadLettersResource.STATES);
        given.check();
        DeadLetterIndex.Look look = index.look();
        return DeadLetterGroups.of(
                look.letters().stream()
                        .filter(letter -> inState.map(letter.state().name().toLowerCase(Locale.ROOT)::equals)
                                .orElse(letter.state() != DeadLetter.State.DISCARDED))
                        .filter(filter::matches)
                        .toList(),
                look.exact());
    }
}
