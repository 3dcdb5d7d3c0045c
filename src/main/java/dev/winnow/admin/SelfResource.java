package dev.winnow.admin;

import dev.winnow.admin.access.Role;
import dev.winnow.decision.Datasets;
import dev.winnow.object.BucketConfig;
import dev.winnow.receipt.Layout;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What a caller may ask about itself.
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
@Singleton
public final class SelfResource {

    private final Datasets datasets;
    private final Layout layout;
    private final String bucket;
    private final String version;
    private final SecurityIdentity caller;

    public SelfResource(
            Datasets datasets,
            Layout layout,
            BucketConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version,
            SecurityIdentity caller) {
        this.datasets = datasets;
        this.layout = layout;
        this.bucket = config.bucket();
        this.version = version;
        this.caller = caller;
    }

    @GET
    @Path("me")
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(operationId = "whoAmI", summary = "Who calls, and what this service takes in")
    @APIResponse(responseCode = "200", description = "the caller")
    public Self me() {
        List<Self.Kind> kinds = datasets.names().stream()
                .map(name ->
                        new Self.Kind(name, datasets.find(name).orElseThrow().columns()))
                .toList();
        return new Self(
                caller.getPrincipal().getName(),
                caller.hasRole(Role.CHANGES) ? Role.CHANGES : Role.SEES,
                version,
                bucket,
                layout.incoming(),
                kinds);
    }
}
