package dev.winnow.pipeline;

/// What a store answers to a call.
sealed interface Reply {

    Reply YES = new Value(true);
    Reply NO = new Value(false);
    Reply LOST = new SourceLost();
    Reply UNAVAILABLE = new Unavailable();

    /// What the call returns; any value of a call that returns nothing.
    record Value(Object it) implements Reply {}

    /// The content asked for is gone or was overwritten.
    record SourceLost() implements Reply {}

    /// Nobody knows what came of the call.
    record Unavailable() implements Reply {}
}
