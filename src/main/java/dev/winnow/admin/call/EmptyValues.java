package dev.winnow.admin.call;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses what is given and empty. The framework takes it for what is not given, so the call would mean more than its
/// caller did: every hour, or a redrive of its own.
final class EmptyValues {

    EmptyValues() {}

    @ServerRequestFilter
    void filter(ContainerRequestContext call) {
        Parameters given = new Parameters();
        call.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (values.contains("")) {
                given.refuse(name, "must not be empty");
            }
        });
        if ("".equals(call.getHeaderString(Parameters.IDEMPOTENCY_KEY))) {
            given.refuse(Parameters.IDEMPOTENCY_KEY, "must not be empty");
        }
        given.check();
    }
}
