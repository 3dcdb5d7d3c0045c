package dev.winnow.admin.file;

import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Files by what their keys hold.
@Path("/admin/search")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RunOnVirtualThread
@Singleton
public final class SearchResource {

    private static final int LONGEST = 1024;

    private final FileSearch search;

    SearchResource(FileSearch search) {
        this.search = search;
    }

    @GET
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "search",
            summary = "Files by their id, or by a part of their key",
            description = "Looks at dead letters, at what waits, and at what was decided in the last two days.")
    @APIResponse(responseCode = "200", description = "what was found, fifty at most")
    public Found find(
            @Parameter(
                            required = true,
                            description = "a file's id or a part of its key, in whatever case",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST,
                                            examples = "members.csv"))
                    @QueryParam("key")
                    @Nullable
                    String key) {
        Parameters given = new Parameters();
        String text = given.text("key", key, LONGEST).orElse("");
        if (key == null) {
            given.refuse("key", "must be given");
        }
        given.check();
        return search.search(text);
    }
}
