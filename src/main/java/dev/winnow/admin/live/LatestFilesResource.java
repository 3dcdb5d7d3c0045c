package dev.winnow.admin.live;

import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.file.FileItem;
import dev.winnow.decision.Datasets;
import dev.winnow.receipt.Layout;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The files of which the figures of a snapshot are the sums.
@Path("/admin/latest-files")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RunOnVirtualThread
@Singleton
public final class LatestFilesResource {

    private final Live live;
    private final Layout layout;
    private final Datasets datasets;

    LatestFilesResource(Live live, Layout layout, Datasets datasets) {
        this.live = live;
        this.layout = layout;
        this.datasets = datasets;
    }

    @GET
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "listLatestFiles",
            summary = "Files that were decided in the last hour, by whatever process",
            description =
                    "The newest thousand at most, of all datasets, a few seconds old. A file that was decided again "
                            + "counts by its first decision.")
    @APIResponse(responseCode = "200", description = "the files, the newest first")
    public LatestPage list(
            @Parameter(schema = @Schema(type = SchemaType.STRING, examples = "membership"))
                    @QueryParam("dataset")
                    @Nullable
                    String dataset,
            @Parameter(
                            description = "one that the receipt has for some row",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = "^" + Parameters.CODE + "$",
                                            maxLength = Parameters.LONGEST_CODE,
                                            examples = "email.domain"))
                    @QueryParam("code")
                    @Nullable
                    String code) {
        Parameters given = new Parameters();
        Optional<String> only = given.datasetOrAll(dataset, datasets.names());
        Optional<String> with = given.code(code);
        given.check();
        LatestFiles.Look look = live.latestFiles();
        return new LatestPage(
                look.since(),
                look.exact(),
                look.files().stream()
                        .filter(file -> only.isEmpty() || only.equals(layout.dataset(file.key())))
                        .filter(file -> with.isEmpty() || has(file, with.get()))
                        .toList());
    }

    private static boolean has(FileItem file, String code) {
        return file.violations().filter(it -> it.containsKey(code)).isPresent();
    }
}
