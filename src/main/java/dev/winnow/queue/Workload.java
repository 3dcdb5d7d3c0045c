package dev.winnow.queue;

/// How much work this process has, for those who decide whether it may go.
public interface Workload {

    /// How many messages are in hand, waiting ones included.
    int size();
}
