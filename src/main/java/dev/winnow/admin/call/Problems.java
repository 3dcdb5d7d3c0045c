package dev.winnow.admin.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.telemetry.Bug;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns whatever ends a call into its [Problem].
final class Problems {

    private static final Logger LOG = Logger.getLogger("dev.winnow.admin");

    private static final Duration OUTAGE = Duration.ofSeconds(10);

    Problems() {}

    @ServerExceptionMapper
    Response known(ProblemException e, RoutingContext call) {
        ResponseBuilder answer = answer(call, e.status(), e.detail(), e.faults());
        e.retryAfter().ifPresent(after -> answer.header(HttpHeaders.RETRY_AFTER, wholeSeconds(after)));
        return answer.build();
    }

    @ServerExceptionMapper
    Uni<Response> unauthenticated(UnauthorizedException e, RoutingContext call) {
        return challenge(call, "Cannot tell who calls: credentials are missing");
    }

    @ServerExceptionMapper
    Uni<Response> unauthenticated(AuthenticationFailedException e, RoutingContext call) {
        return challenge(call, "Cannot tell who calls: the credentials are not valid");
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, RoutingContext call) {
        return answer(call, Status.FORBIDDEN, "Cannot allow the call: it takes another role", List.of())
                .build();
    }

    /// What the framework refuses: paths, methods and media types that are not there.
    @ServerExceptionMapper
    Response refused(WebApplicationException e, RoutingContext call) {
        if (e.getCause() instanceof JsonProcessingException malformed) {
            return malformed(malformed, call);
        }
        Response refusal = e.getResponse();
        Status status =
                Optional.ofNullable(Status.fromStatusCode(refusal.getStatus())).orElse(Status.INTERNAL_SERVER_ERROR);
        if (status.getFamily() == Status.Family.SERVER_ERROR) {
            return bug(e, call);
        }
        ResponseBuilder answer = answer(call, status, detail(status), List.of());
        Optional.ofNullable(refusal.getHeaderString("Accept-Post"))
                .ifPresent(value -> answer.header("Accept-Post", value));
        return answer.build();
    }

    /// A body that is no JSON, or JSON of another form. Of the parser's words only the member's name is told.
    @ServerExceptionMapper({MismatchedInputException.class, JsonProcessingException.class})
    Response malformed(JsonProcessingException e, RoutingContext call) {
        List<Problem.Fault> faults =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                        ? List.of(new Problem.Fault(MemberName.of(mapping), "cannot be used here"))
                        : List.of();
        String what =
                faults.isEmpty() ? "it is not the JSON that this call takes" : "a member is not as this call has it";
        return answer(call, Status.BAD_REQUEST, "Cannot read the body: " + what, faults)
                .build();
    }

    @ServerExceptionMapper({StoreUnavailableException.class, SdkException.class})
    Response unavailable(RuntimeException e, RoutingContext call) {
        LOG.warnf("unavailable: %s: %s", call.normalizedPath(), e.getMessage());
        return answer(
                        call,
                        Status.SERVICE_UNAVAILABLE,
                        "Cannot reach the bucket or a queue; try again later",
                        List.of())
                .header(HttpHeaders.RETRY_AFTER, OUTAGE.toSeconds())
                .build();
    }

    /// Whatever is left is a bug: the caller learns no more than that, the log has the trace.
    @ServerExceptionMapper
    Response bug(Throwable e, RoutingContext call) {
        LOG.errorf(Bug.of(e), "failed: %s %s", call.request().method(), call.normalizedPath());
        return answer(
                        call,
                        Status.INTERNAL_SERVER_ERROR,
                        "Cannot do the call: the service failed; its log tells",
                        List.of())
                .build();
    }

    private static Uni<Response> challenge(RoutingContext call, String detail) {
        Response plain = answer(call, Status.UNAUTHORIZED, detail, List.of()).build();
        HttpAuthenticator authenticator =
                Objects.requireNonNull(call.get(HttpAuthenticator.class.getName()), "every call is authenticated");
        return authenticator
                .getChallenge(call)
                .map(challenge -> Response.fromResponse(plain)
                        .header(HttpHeaders.WWW_AUTHENTICATE, challenge.headerContent)
                        .build());
    }

    private static ResponseBuilder answer(
            RoutingContext call, StatusType status, String detail, List<Problem.Fault> faults) {
        Problem problem = new Problem(
                "about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, call.normalizedPath(), faults);
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem);
    }

    private static String detail(Status status) {
        return switch (status) {
            case NOT_FOUND -> "Cannot find the call: there is none at this path";
            case METHOD_NOT_ALLOWED -> "Cannot do the call: the path does not know this method";
            case NOT_ACCEPTABLE -> "Cannot answer: the call is answered in JSON, which is not accepted";
            case UNSUPPORTED_MEDIA_TYPE -> "Cannot read the body: it is of another media type than this call takes";
            default -> "Cannot do the call: it is not as this path has it";
        };
    }

    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
