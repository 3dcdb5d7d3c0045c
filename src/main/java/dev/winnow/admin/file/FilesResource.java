package dev.winnow.admin.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Accepted;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Cursor;
import dev.winnow.admin.call.Note;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.decision.Datasets;
import dev.winnow.file.FileId;
import dev.winnow.notification.Command;
import dev.winnow.receipt.Receipt;
import dev.winnow.sqs.Outbox;
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
import jakarta.ws.rs.core.Response;
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

/// Files and their receipts.
@Path("/admin/files")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RunOnVirtualThread
@Singleton
public final class FilesResource {

    private final Files files;
    private final Datasets datasets;
    private final Outbox outbox;
    private final Audit audit;

    public FilesResource(Files files, Datasets datasets, Outbox outbox, Audit audit) {
        this.files = files;
        this.datasets = datasets;
        this.outbox = outbox;
        this.audit = audit;
    }

    @GET
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "listFiles",
            summary = "Files of a dataset, by status",
            description =
                    "A page may hold fewer files than asked for, with a 'code' often far fewer, since each looks at 'limit' "
                            + "objects and 'looked' says at how many: the listing ends where no 'next' is given. What is "
                            + "written meanwhile neither hides a file nor shows one twice.")
    @APIResponse(responseCode = "200", description = "a page of the listing")
    public FilePage list(
            @Parameter(
                            description =
                                    "may be left out with the status 'waiting', for those of all datasets and of none",
                            schema = @Schema(type = SchemaType.STRING, examples = "membership"))
                    @QueryParam("dataset")
                    @Nullable
                    String dataset,
            @Parameter(
                            description = "the day on which the sources were put there, UTC; of committed files only",
                            schema = @Schema(type = SchemaType.STRING, format = "date", examples = "2026-11-22"))
                    @QueryParam("date")
                    @Nullable
                    String date,
            @Parameter(
                            description = "the hour of that day",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = "^(" + Parameters.HOUR + ")$",
                                            examples = "09"))
                    @QueryParam("hour")
                    @Nullable
                    String hour,
            @Parameter(
                            description = "of committed files: a code that their current receipt has for some row",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = "^" + Parameters.CODE + "$",
                                            maxLength = Parameters.LONGEST_CODE,
                                            examples = "email.domain"))
                    @QueryParam("code")
                    @Nullable
                    String code,
            @Parameter(schema = @Schema(implementation = FileStatus.class, defaultValue = "committed"))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(
                            description = "how many are looked at for a page",
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
        FileStatus with = status(given, status);
        FileQuery query = new FileQuery(
                dataset == null && with == FileStatus.WAITING ? "" : given.dataset(dataset, datasets.names()),
                given.date(date),
                given.hour(hour),
                given.code(code),
                with,
                given.limit(limit),
                cursor == null ? "" : cursor);
        if (query.date().isEmpty() && query.hour().isPresent()) {
            given.refuse("hour", "must come with a date");
        }
        if (query.date().isPresent() && query.status() != FileStatus.COMMITTED) {
            given.refuse("date", "must come with the status 'committed'");
        }
        if (query.code().isPresent() && query.status() != FileStatus.COMMITTED) {
            given.refuse("code", "must come with the status 'committed'");
        }
        given.check();
        return files.list(query);
    }

    @GET
    @Path("{fileId}")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "getFile",
            summary = "All that the bucket knows of a file",
            description =
                    "A file that only waits has nothing by its id: for such a one the first 10000 objects under the incoming "
                            + "prefix are looked at, and the 404 says whether these were all.")
    @APIResponse(responseCode = "200", description = "its receipts and its dead-letter entry, or that it waits")
    public FileHistory get(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^(" + Parameters.FILE_ID + ")$"))
                    @PathParam("fileId")
                    String fileId) {
        return history(fileId);
    }

    @POST
    @Path("{fileId}/reprocess")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "reprocess",
            summary = "Decide a file again",
            description =
                    "Decides the backup under today's rules, as the next generation. Idempotent: asked for again while "
                            + "the current generation is the same, it leads to one new generation only.")
    @APIResponse(
            responseCode = "202",
            description = "the command is on the queue",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    public Response reprocess(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = "^(" + Parameters.FILE_ID + ")$"))
                    @PathParam("fileId")
                    String fileId,
            @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Note.class))) @Nullable
                    JsonNode body) {
        Optional<String> note = Body.note(body);
        FileHistory history = history(fileId);
        if (history.receipts().isEmpty()) {
            String instead = history.status() == FileStatus.WAITING ? "it still waits" : "redrive it";
            throw ProblemException.of(
                    Status.CONFLICT, "Cannot decide file " + fileId + " again: it has not been decided; " + instead);
        }
        Receipt current = history.receipts().getFirst();
        if (!files.isBackedUp(current)) {
            throw ProblemException.of(Status.CONFLICT, "Cannot decide file " + fileId + " again: its backup is gone");
        }
        int replaces = current.generation();
        String id = audit.enter(
                "reprocess", Map.of("fileId", fileId, "dataset", history.dataset(), "replaces", replaces), note);
        outbox.send(new Command.Reprocess(history.dataset(), current.fileId(), replaces));
        return Response.accepted(new Accepted(id, Optional.of(replaces))).build();
    }

    private static FileStatus status(Parameters given, @Nullable String value) {
        Optional<FileStatus> status = FileStatus.of(value == null ? FileStatus.COMMITTED.code() : value);
        if (status.isEmpty()) {
            given.refuse("status", "must be one of committed, dead-letter, waiting");
        }
        return status.orElse(FileStatus.COMMITTED);
    }

    private FileHistory history(String fileId) {
        FileId file = Parameters.fileId(fileId);
        Optional<FileHistory> known = files.find(file);
        if (known.isPresent()) {
            return known.get();
        }
        return switch (files.search(file)) {
            case Files.Search.Found(FileHistory waiting) -> waiting;
            case Files.Search.NotFound(long looked, boolean all) -> {
                String where = all
                        ? "and does not lie under the incoming prefix"
                        : "and is not among the first " + looked
                                + " objects under the incoming prefix, which has more: list those by status=waiting";
                throw ProblemException.of(
                        Status.NOT_FOUND,
                        "Cannot find file " + file + ": it has no receipt and no dead-letter entry, " + where);
            }
        };
    }
}
