package dev.winnow.consolidation;

/// Thrown where an hour cannot be put together without losing or changing a row. The message says why.
final class IncompleteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int missing;

    IncompleteException(String message) {
        this(message, 0);
    }

    IncompleteException(String message, int missing) {
        super(message);
        this.missing = missing;
    }

    /// How many outputs are not there.
    int missing() {
        return missing;
    }
}
