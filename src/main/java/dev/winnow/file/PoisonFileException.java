package dev.winnow.file;

import java.util.List;

/// Thrown where a file's own content makes it unreadable, so that trying again cannot help.
///
/// The message is the detail a sender or operator reads; it holds nothing of the file's records.
public final class PoisonFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<String> missing;

    public PoisonFileException(Reason reason, String detail) {
        this(reason, detail, List.of());
    }

    /// @param missing the names of the required columns that the file lacks
    public PoisonFileException(Reason reason, String detail, List<String> missing) {
        super(detail);
        this.reason = reason;
        this.missing = List.copyOf(missing);
    }

    public PoisonFileException(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.missing = List.of();
    }

    public Reason reason() {
        return reason;
    }

    /// The required columns that the file lacks; none where something else is wrong.
    public List<String> missing() {
        return missing;
    }

    /// What exactly is wrong, in a sentence.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
