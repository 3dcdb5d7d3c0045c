package dev.winnow.decision;

import java.util.List;

/// The verdict on one record.
public sealed interface Decision {

    /// The line of the source on which the record begins.
    long line();

    /// The record keeps every rule; it goes to the successful partition with its derived columns.
    record Accepted(long line, List<String> derived) implements Decision {}

    /// The record breaks a rule; it goes to the unsuccessful partition and the file goes on.
    record Rejected(long line, List<Violation> violations) implements Decision {}

    /// The row is no record that rules could be applied to; it is counted apart and the file goes on.
    record Unreadable(long line, Violation violation) implements Decision {}
}
