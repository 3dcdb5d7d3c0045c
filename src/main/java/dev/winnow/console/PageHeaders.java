package dev.winnow.console;

import dev.winnow.object.SignedUrls;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What stands on every answer outside `/admin` and `/q`: a browser runs the console's own scripts and styles alone,
/// lets no page frame it, and sends data nowhere but here and, for uploads by signed URL, to the bucket.
///
/// Pages are asked for anew each time, at the price of a 304, so that no console is older than its service.
@Singleton
final class PageHeaders {

    private static final int FIRST = 1000;

    private final String policy;

    PageHeaders(SignedUrls urls) {
        policy = policy(urls.origin());
    }

    void register(@Observes Filters filters) {
        filters.register(this::put, FIRST);
    }

    static String policy(String bucket) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "connect-src 'self' " + bucket,
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types lit-html");
    }

    static boolean isPage(String path) {
        return !path.equals("/admin") && !path.startsWith("/admin/") && !path.equals("/q") && !path.startsWith("/q/");
    }

    private void put(RoutingContext call) {
        if (isPage(call.normalizedPath())) {
            MultiMap headers = call.response().headers();
            headers.set("Content-Security-Policy", policy);
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            // What serves the files says that they never change, but the next version of the service has others.
            call.addHeadersEndHandler(_ -> headers.set("Cache-Control", "no-cache"));
        }
        call.next();
    }
}
