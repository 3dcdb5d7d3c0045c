package dev.winnow.pipeline;

/// Somebody who hears of every attempt of this process when it ends. Any bean of this kind does.
public interface Witness {

    /// Called on the attempt's own thread, so it neither waits nor throws.
    void ended(Attempted attempt);
}
