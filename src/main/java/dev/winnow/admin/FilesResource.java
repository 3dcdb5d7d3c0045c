package dev.winnow.admin;

import dev.winnow.decision.Datasets;
import dev.winnow.file.FileId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Files and their receipts.
@Path("/admin/files")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RunOnVirtualThread
@Singleton
public final class FilesResource {

    private final Files files;
    private final Datasets datasets;

    FilesResource(Files files, Datasets datasets) {
        this.files = files;
        this.datasets = datasets;
    }

    @GET
    @RolesAllowed(Role.SEES)
    @Operation(operationId = "listFiles", summary = "Files of a dataset, by status")
    @APIResponse(responseCode = "200", description = "a page of the listing")
    public FilePage list(
            @Parameter(required = true, schema = @Schema(examples = "membership")) @QueryParam("dataset") @Nullable
                    String dataset,
            @QueryParam("date") @Nullable String date,
            @QueryParam("hour") @Nullable String hour,
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Parameters given = new Parameters();
        FileQuery query = new FileQuery(
                given.dataset(dataset, datasets.names()),
                given.date(date),
                given.hour(hour),
                given.status(status),
                given.limit(limit),
                cursor == null ? "" : cursor);
        if (query.date().isEmpty() && query.hour().isPresent()) {
            given.refuse("hour", "must come with a date");
        }
        if (query.date().isPresent() && query.status() != FileStatus.COMMITTED) {
            given.refuse("date", "must come with the status 'committed'");
        }
        given.check();
        return files.list(query);
    }

    @GET
    @Path("{fileId}")
    @RolesAllowed(Role.SEES)
    @Operation(operationId = "getFile", summary = "All that the bucket knows of a file")
    @APIResponse(responseCode = "200", description = "its receipts and its dead-letter entry")
    public FileHistory get(@PathParam("fileId") String fileId) {
        return history(fileId);
    }

    private FileHistory history(String fileId) {
        FileId file = Parameters.fileId(fileId);
        return files.find(file)
                .orElseThrow(() -> ProblemException.of(
                        Status.NOT_FOUND, "Cannot find file " + file + ": it has no receipt and no dead-letter entry"));
    }
}
