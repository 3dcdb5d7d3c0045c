package dev.winnow.decision;

import dev.winnow.record.SourceRecord;

/// The rules of one dataset bound to the header of one file.
@FunctionalInterface
public interface Judge {

    /// The verdict: never an exception for what a record holds.
    Decision decide(SourceRecord record);
}
