package dev.winnow.admin.access;

import dev.winnow.admin.call.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses changing calls that a browser makes for another site's page: it would send along the password that its
/// user once gave. See <https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header>.
final class SameOrigin {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    SameOrigin() {}

    @ServerRequestFilter(preMatching = true)
    void filter(ContainerRequestContext call) {
        String site = call.getHeaderString("Sec-Fetch-Site");
        if (site != null && FOREIGN.contains(site) && !SAFE.contains(call.getMethod())) {
            throw ProblemException.of(Status.FORBIDDEN, "Cannot allow the call: another site's page makes it");
        }
    }
}
