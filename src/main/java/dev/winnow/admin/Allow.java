package dev.winnow.admin;

import dev.winnow.admin.activity.ActivityResource;
import dev.winnow.admin.deadletter.DeadLetterGroupsResource;
import dev.winnow.admin.deadletter.DeadLettersResource;
import dev.winnow.admin.deadletter.DiscardResource;
import dev.winnow.admin.deadletter.RedrivesResource;
import dev.winnow.admin.deadletter.SteeringResource;
import dev.winnow.admin.file.FilesResource;
import dev.winnow.admin.file.RowsResource;
import dev.winnow.admin.file.SearchResource;
import dev.winnow.admin.live.LatestFilesResource;
import dev.winnow.admin.live.LiveResource;
import dev.winnow.admin.upload.UploadsResource;
import dev.winnow.admin.validation.ValidationResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Tells which methods a path knows, where one is asked for that it does not: the framework names those of all paths
/// of a class, or none.
final class Allow {

    private static final List<Class<?>> CALLS = List.of(
            ActivityResource.class,
            CommandsResource.class,
            DeadLetterGroupsResource.class,
            DeadLettersResource.class,
            DiscardResource.class,
            FilesResource.class,
            LatestFilesResource.class,
            LiveResource.class,
            RedrivesResource.class,
            RowsResource.class,
            SearchResource.class,
            SelfResource.class,
            SteeringResource.class,
            UploadsResource.class,
            ValidationResource.class);

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final Map<String, SortedSet<String>> methods = new LinkedHashMap<>();

    Allow() {
        for (Class<?> calls : CALLS) {
            for (Method call : calls.getDeclaredMethods()) {
                for (Annotation annotation : call.getAnnotations()) {
                    HttpMethod method = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (method != null) {
                        know(path(calls, call), method.value());
                    }
                }
            }
        }
    }

    @ServerResponseFilter
    void filter(ContainerRequestContext call, ContainerResponseContext answer) {
        boolean refused = answer.getStatus() == Status.METHOD_NOT_ALLOWED.getStatusCode();
        if (refused || call.getMethod().equals("OPTIONS")) {
            SortedSet<String> allowed = of(call.getUriInfo().getPath());
            if (!allowed.isEmpty()) {
                answer.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", allowed));
            }
        }
    }

    /// The methods of a path, none where there is no such path. One that is written out goes before one with
    /// parameters.
    SortedSet<String> of(String path) {
        SortedSet<String> exact = methods.get(path);
        if (exact != null) {
            return exact;
        }
        SortedSet<String> found = new TreeSet<>();
        methods.forEach((template, known) -> {
            if (path.matches(PARAMETER.matcher(template).replaceAll("[^/]+"))) {
                found.addAll(known);
            }
        });
        return found;
    }

    /// The framework answers HEAD by GET, and OPTIONS by itself.
    private void know(String path, String method) {
        SortedSet<String> known = methods.computeIfAbsent(path, _ -> new TreeSet<>(List.of("OPTIONS")));
        known.add(method);
        if (method.equals("GET")) {
            known.add("HEAD");
        }
    }

    private static String path(Class<?> calls, Method call) {
        String base = calls.getAnnotation(Path.class).value();
        Path more = call.getAnnotation(Path.class);
        return more == null ? base : base + '/' + more.value();
    }
}
