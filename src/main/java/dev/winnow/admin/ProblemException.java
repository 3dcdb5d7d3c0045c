package dev.winnow.admin;

import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Thrown where a call cannot be done, for a reason that its caller is told.
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status status;
    private final transient List<Problem.Fault> faults;
    private final transient Optional<Duration> retryAfter;

    private ProblemException(Status status, String detail, List<Problem.Fault> faults, Optional<Duration> retryAfter) {
        super(detail);
        this.status = status;
        this.faults = faults;
        this.retryAfter = retryAfter;
    }

    static ProblemException of(Status status, String detail) {
        return new ProblemException(status, detail, List.of(), Optional.empty());
    }

    /// A call that may do better after a while.
    static ProblemException later(Status status, String detail, Duration after) {
        return new ProblemException(status, detail, List.of(), Optional.of(after));
    }

    /// A parameter or member of a body that cannot be used.
    static ProblemException invalid(String field, String message) {
        return invalid(List.of(new Problem.Fault(field, message)));
    }

    static ProblemException invalid(List<Problem.Fault> faults) {
        return new ProblemException(
                Status.BAD_REQUEST, "Cannot use the call: some of it is invalid", faults, Optional.empty());
    }

    Status status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<Problem.Fault> faults() {
        return faults;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
