package dev.winnow.admin.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.decision.Datasets;
import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.SignedUrls;
import dev.winnow.receipt.Layout;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
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

/// Uploads by signed URL: the file's bytes go from the browser to the bucket, whatever their number.
@Path("/admin/uploads")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RunOnVirtualThread
@Singleton
public final class UploadsResource {

    private static final int LONGEST_KEY = 1024;
    private static final String E_TAG = "[0-9A-Za-z\"-]{1,100}";

    private final SignedUrls urls;
    private final Layout layout;
    private final Datasets datasets;
    private final Audit audit;
    private final String bucket;

    public UploadsResource(SignedUrls urls, Layout layout, Datasets datasets, Audit audit, BucketConfig config) {
        this.urls = urls;
        this.layout = layout;
        this.datasets = datasets;
        this.audit = audit;
        this.bucket = config.bucket();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.CHANGES)
    @Operation(
            operationId = "signUpload",
            summary = "A URL by which one file may be put into the bucket",
            description = "The store refuses it with 412 where a file of that name still lies there, so none is ever "
                    + "overwritten unread. A page of another origin also needs the bucket's CORS rules.")
    @APIResponse(responseCode = "200", description = "the URL, for five minutes")
    public Upload sign(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = UploadRequest.class)))
                    @Nullable
                    JsonNode body) {
        if (body == null) {
            throw ProblemException.invalid("body", "must be a JSON object");
        }
        UploadRequest request = Body.read(body, UploadRequest.class);
        Parameters given = new Parameters();
        String dataset = given.dataset(request.dataset().orElse(null), datasets.names());
        String name = request.name().orElse("");
        if (!UploadRequest.isName(name)) {
            given.refuse("name", "must be a file's name of 1 to " + UploadRequest.LONGEST_NAME + " characters");
        }
        given.check();
        String key = layout.incoming(dataset) + name;
        String id = audit.enter("signUpload", Map.of("key", key), Optional.empty());
        SignedUrls.SignedUrl signed = urls.toCreate(key, "text/csv");
        return new Upload(key, signed.url(), signed.headers(), signed.expiresAt(), id);
    }

    @GET
    @Path("file")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "identifyUpload",
            summary = "By what id an uploaded file is known",
            description = "The id follows from the four alone; whether such a file was ever seen is not looked up.")
    @APIResponse(responseCode = "200", description = "its id")
    public UploadedFile identify(
            @Parameter(
                            required = true,
                            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = LONGEST_KEY))
                    @QueryParam("key")
                    @Nullable
                    String key,
            @Parameter(
                            required = true,
                            description = "as the store gave it, with or without quotation marks",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^" + E_TAG + "$"))
                    @QueryParam("eTag")
                    @Nullable
                    String eTag,
            @Parameter(
                            required = true,
                            schema = @Schema(type = SchemaType.STRING, pattern = "^[0-9]{1,15}$", examples = "4104"))
                    @QueryParam("size")
                    @Nullable
                    String size) {
        Parameters given = new Parameters();
        String name = given.text("key", key, LONGEST_KEY).orElse("");
        if (key == null) {
            given.refuse("key", "must be given");
        }
        String tag = eTag == null ? "" : eTag.replace("\"", "");
        if (tag.isEmpty() || !tag.matches(E_TAG)) {
            given.refuse("eTag", "must be an object's ETag");
        }
        if (size == null || !size.matches("[0-9]{1,15}")) {
            given.refuse("size", "must be a number of bytes");
            size = "0";
        }
        given.check();
        return new UploadedFile(new SourceFile(bucket, name, Optional.empty(), tag, Long.parseLong(size)).id());
    }
}
