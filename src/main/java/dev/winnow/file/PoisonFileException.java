package dev.winnow.file;

/// Thrown where a file's own content makes it unreadable, so that trying again cannot help.
///
/// The message is the detail a sender or operator reads; it holds nothing of the file's records.
public final class PoisonFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public PoisonFileException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public PoisonFileException(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// What exactly is wrong, in a sentence.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
