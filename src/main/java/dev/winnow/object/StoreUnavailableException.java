package dev.winnow.object;

/// Thrown when the store did not do what it was asked, or nobody knows whether it did, and trying later may
/// help: an outage, throttling, a time-out, and also permissions and keys, which an operator can mend.
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String detail) {
        super(detail);
    }

    public StoreUnavailableException(String detail, Throwable cause) {
        super(detail, cause);
    }
}
