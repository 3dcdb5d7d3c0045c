package dev.winnow.admin.validation;

import dev.winnow.admin.access.AdminConfig;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.LimitedStream;
import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.decision.Datasets;
import dev.winnow.decision.Rules;
import dev.winnow.record.ReadLimits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.api.RateLimitException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
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

/// Dry runs: what would become of a file.
@Path("/admin/validate")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Validation")
@RunOnVirtualThread
@Singleton
public final class ValidationResource {

    /// A guess at how long one takes.
    private static final Duration BUSY = Duration.ofSeconds(5);

    private final Datasets datasets;
    private final ReadLimits limits;
    private final long largestUpload;
    private final Guard guard;

    public ValidationResource(Datasets datasets, ReadLimits limits, AdminConfig config) {
        this.datasets = datasets;
        this.limits = limits;
        AdminConfig.Validation allowed = config.validation();
        this.largestUpload = allowed.largestUpload().asLongValue();
        this.guard = Guard.create()
                .withBulkhead()
                .limit(allowed.atOnce())
                .done()
                .withRateLimit()
                .limit(allowed.perMinute())
                .window(1, ChronoUnit.MINUTES)
                .done()
                .build();
    }

    @POST
    @Consumes({"text/csv", "application/gzip", "application/zstd", MediaType.APPLICATION_OCTET_STREAM})
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(
            operationId = "validate",
            summary = "What would become of a file",
            description =
                    "Decides a file as the intake would and writes nothing, so it may be asked any number of times. "
                            + "How the file is packed is told by its first bytes.")
    @RequestBody(
            description = "the file: CSV as it is, or packed by gzip or zstd; left out, it is an empty file",
            required = false,
            content = {
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"),
                        examples =
                                @ExampleObject(
                                        name = "members",
                                        value =
                                                "name,email,date_of_birth,mobile_no\nDr. Alba Moreno,alba@example.com,1988-03-14,81234567\n")),
                @Content(mediaType = "application/gzip", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "application/zstd", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(responseCode = "200", description = "the verdict, also on a file that cannot be read")
    public ValidationResult validate(
            @Parameter(required = true, description = "the dataset whose rules decide") @QueryParam("dataset") @Nullable
                    String dataset,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length,
            InputStream body) {
        Parameters given = new Parameters();
        String name = given.dataset(dataset, datasets.names());
        given.check();
        if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > largestUpload) {
            throw LimitedStream.tooLarge(largestUpload);
        }
        Rules rules = datasets.find(name).orElseThrow();
        try {
            return guard.get(() -> decide(rules, body), ValidationResult.class);
        } catch (RateLimitException e) {
            long wait = e.getRetryAfterMillis();
            throw tooMany("as many files as a minute allows were", wait > 0 ? Duration.ofMillis(wait) : BUSY);
        } catch (BulkheadException e) {
            throw tooMany("as many files as may be at once are being", BUSY);
        }
    }

    private ValidationResult decide(Rules rules, InputStream body) {
        LimitedStream upload = new LimitedStream(body, largestUpload);
        ValidationResult result = Validation.of(rules, upload, limits);
        try {
            // The limit holds for what nobody read too, so that the answer to a file does not hang on where it is bad.
            upload.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the rest of an upload", e);
        }
        return result;
    }

    private static ProblemException tooMany(String why, Duration after) {
        return ProblemException.later(
                Status.TOO_MANY_REQUESTS, "Cannot validate the file now: " + why + " validated", after);
    }
}
