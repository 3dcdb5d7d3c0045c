package dev.winnow.batch;

/// How a batch was done with one file.
public enum Ending {
    /// Decided by this batch.
    COMMITTED("committed"),
    /// Decided before, or meanwhile by another; what was left undone of it is done now.
    ALREADY_COMMITTED("already-committed"),
    /// Another content stands at the key by now.
    SUPERSEDED("superseded"),
    /// Cannot be taken in, and is a dead letter now.
    DEAD_LETTER("dead-letter"),
    /// Has a dead letter since before, so it was not tried.
    SKIPPED("skipped"),
    /// Could not be decided for now; every try has failed.
    FAILED("failed"),
    /// Could not be decided for a bug, or out of memory; every try has failed.
    BROKEN("broken");

    private final String code;

    Ending(String code) {
        this.code = code;
    }

    /// The word in the batch's lines.
    public String code() {
        return code;
    }

    /// Whether another try may help.
    boolean isTransient() {
        return this == FAILED || this == BROKEN;
    }
}
