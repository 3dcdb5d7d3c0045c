package dev.winnow.deadletter;

/// What becomes of a message in the dead-letter queue.
sealed interface Verdict {

    /// SQS itself had moved it: what it names has entries and notices now, and the message goes.
    record Registered() implements Verdict {}

    /// It tells nothing any more: its file was committed, sent back, discarded, or given up anew since.
    record Cleared() implements Verdict {}

    /// A redrive asked for it, and it names no file: its body is on the queue again.
    record SentBack() implements Verdict {}

    /// It holds.
    ///
    /// @param letter which failure it tells of; of two notices about one, one is enough
    record Kept(String letter) implements Verdict {}
}
