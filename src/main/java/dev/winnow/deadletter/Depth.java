package dev.winnow.deadletter;

/// How many messages a queue holds, about: SQS counts on many servers, and lags behind by up to a minute.
///
/// @param visible that a receiver would be shown
/// @param hidden  that somebody looks at
public record Depth(long visible, long hidden) {}
