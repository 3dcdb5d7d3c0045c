package dev.winnow.admin.access;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Closes everything below `/admin` to callers nobody knows, also paths and methods that are not there. What a known
/// caller may do is said at each call, and a call that says nothing is denied.
public final class Closed {

    private final CurrentIdentityAssociation caller;

    Closed(CurrentIdentityAssociation caller) {
        this.caller = caller;
    }

    @ServerRequestFilter(preMatching = true)
    public Uni<Void> filter(ContainerRequestContext call) {
        if (!Headers.isAdmin(call.getUriInfo().getPath())) {
            return Uni.createFrom().voidItem();
        }
        return caller.getDeferredIdentity().map(identity -> {
            if (identity.isAnonymous()) {
                throw new UnauthorizedException();
            }
            return null;
        });
    }
}
