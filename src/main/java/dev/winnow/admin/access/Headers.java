package dev.winnow.admin.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What stands on every answer below `/admin`, whoever gives it: nothing of it may be kept, framed or taken for
/// anything but JSON.
@Singleton
final class Headers {

    /// Before authentication, which answers some calls itself.
    private static final int FIRST = 1000;

    void register(@Observes Filters filters) {
        filters.register(Headers::put, FIRST);
    }

    private static void put(RoutingContext call) {
        if (isAdmin(call.normalizedPath())) {
            MultiMap headers = call.response().headers();
            headers.set("Cache-Control", "no-store");
            headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
        }
        call.next();
    }

    static boolean isAdmin(String path) {
        return path.equals("/admin") || path.startsWith("/admin/");
    }
}
