package dev.winnow.admin.call;

import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Thrown where a call cannot be done, for a reason that its caller is told.
public final class ProblemException extends RuntimeException {

    /// What was sent is well-formed and cannot be done all the same: RFC 9110, section 15.5.21. The API's own list of
    /// statuses lacks it.
    public static final StatusType UNPROCESSABLE = new StatusType() {
        @Override
        public int getStatusCode() {
            return 422;
        }

        @Override
        public Status.Family getFamily() {
            return Status.Family.CLIENT_ERROR;
        }

        @Override
        public String getReasonPhrase() {
            return "Unprocessable Content";
        }
    };

    private static final long serialVersionUID = 1L;

    private final transient StatusType status;
    private final transient List<Problem.Fault> faults;
    private final transient Optional<Duration> retryAfter;

    private ProblemException(
            StatusType status, String detail, List<Problem.Fault> faults, Optional<Duration> retryAfter) {
        super(detail);
        this.status = status;
        this.faults = faults;
        this.retryAfter = retryAfter;
    }

    /// A call that cannot be done.
    public static ProblemException of(StatusType status, String detail) {
        return new ProblemException(status, detail, List.of(), Optional.empty());
    }

    /// A call that may do better after a while.
    public static ProblemException later(StatusType status, String detail, Duration after) {
        return new ProblemException(status, detail, List.of(), Optional.of(after));
    }

    /// A parameter or member of a body that cannot be used.
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new Problem.Fault(field, message)));
    }

    static ProblemException invalid(List<Problem.Fault> faults) {
        return new ProblemException(
                Status.BAD_REQUEST, "Cannot use the call: some of it is invalid", faults, Optional.empty());
    }

    public StatusType status() {
        return status;
    }

    /// What exactly is wrong, in a sentence.
    public String detail() {
        return String.valueOf(getMessage());
    }

    List<Problem.Fault> faults() {
        return faults;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
