package dev.winnow.pipeline;

import dev.winnow.file.Reason;
import dev.winnow.receipt.Receipt;

/// What an attempt at a file would come to, found out without writing anything.
public sealed interface Foreseen {

    /// It would be decided so.
    record Decided(Receipt.Records records) implements Foreseen {}

    /// It was decided before.
    record AlreadyCommitted(Receipt receipt) implements Foreseen {}

    /// The content is gone or was overwritten since it was seen.
    record Lost() implements Foreseen {}

    /// It cannot be taken in.
    record Poisoned(Reason reason, String detail) implements Foreseen {}

    /// The store did not do what it was asked.
    record Postponed(String detail) implements Foreseen {}
}
