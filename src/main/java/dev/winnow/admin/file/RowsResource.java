package dev.winnow.admin.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.object.SignedUrls;
import dev.winnow.receipt.Receipt;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/// What a file held: people's data, so viewers see its shape alone, and who takes it away is written down.
@Path("/admin/files")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RunOnVirtualThread
@Singleton
public final class RowsResource {

    private static final int LISTED = 50;
    private static final int MOST_SKIPPED = 100_000;

    private final Files files;
    private final RejectedRows rows;
    private final SignedUrls urls;
    private final Audit audit;
    private final SecurityIdentity caller;

    RowsResource(Files files, RejectedRows rows, SignedUrls urls, Audit audit, SecurityIdentity caller) {
        this.files = files;
        this.rows = rows;
        this.urls = urls;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @Path("{fileId}/rejected")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "listRejectedRows",
            summary = "Rows of a file that were not accepted, and which cells are the matter",
            description = "Of the current generation, fifty at a time. Only operators see what the cells say.")
    @APIResponse(responseCode = "200", description = "a page of the rows")
    public RejectedPage rejected(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^(" + Parameters.FILE_ID + ")$"))
                    @PathParam("fileId")
                    String fileId,
            @Parameter(
                            description = "the 'next' of the page before",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^([0-9]{1,5}|100000)$"))
                    @QueryParam("skip")
                    @Nullable
                    String skip) {
        Parameters given = new Parameters();
        int passed = skip == null ? 0 : skip.matches("[0-9]{1,5}|100000") ? Integer.parseInt(skip) : -1;
        if (passed < 0) {
            given.refuse("skip", "must be from 0 to " + MOST_SKIPPED);
        }
        given.check();
        return rows.page(current(fileId), passed, LISTED, !caller.hasRole(Role.CHANGES));
    }

    @POST
    @Path("{fileId}/downloads")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "signDownload",
            summary = "A URL by which one of a file's objects may be had",
            description = "Whether the object is still there is not looked up.")
    @APIResponse(responseCode = "200", description = "the URL, for five minutes")
    public Download download(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^(" + Parameters.FILE_ID + ")$"))
                    @PathParam("fileId")
                    String fileId,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DownloadRequest.class)))
                    @Nullable
                    JsonNode body) {
        if (body == null) {
            throw ProblemException.invalid("body", "must be a JSON object");
        }
        Parameters given = new Parameters();
        Optional<String> what =
                given.word("what", Body.read(body, DownloadRequest.class).what().orElse(""), DownloadRequest.CHOICES);
        given.check();
        Receipt receipt = current(fileId);
        String choice = what.orElseThrow();
        String key = choice.equals("backup")
                ? receipt.backup()
                : receipt.outputs().stream()
                        .filter(output -> output.outcome().code().equals(choice))
                        .findFirst()
                        .map(Receipt.Output::key)
                        .orElseThrow(() -> ProblemException.of(
                                Status.CONFLICT,
                                "Cannot give the " + choice + " rows of file " + fileId + ": there are none"));
        String id = audit.enter("signDownload", Map.of("fileId", fileId, "key", key), Optional.empty());
        SignedUrls.SignedUrl signed = urls.toSave(key, fileId + '-' + choice + ".csv");
        return new Download(key, signed.url(), signed.expiresAt(), id);
    }

    private Receipt current(String fileId) {
        FileHistory history = files.find(Parameters.fileId(fileId))
                .orElseThrow(() -> ProblemException.of(
                        Status.NOT_FOUND,
                        "Cannot find file " + fileId + ": it has no receipt and no dead-letter entry"));
        return history.receipts().stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.of(
                        Status.CONFLICT, "Cannot show rows of file " + fileId + ": it has not been decided"));
    }
}
