package dev.winnow.notification;

/// Thrown within this package where a body stops making sense; the parser turns it into a value.
///
/// The detail names fields and never repeats a value of the body.
final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String detail;

    UnreadableException(String detail) {
        super(detail);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
