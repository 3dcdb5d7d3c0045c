package dev.winnow.notification;

import dev.winnow.file.FileId;
import java.time.Instant;
import java.util.Optional;

/// Something to be done at this moment, sent as a message so that any one of the replicas does it, a crash leaves it
/// to the next delivery, and to ask twice does no harm.
public sealed interface Command {

    /// Find what lies in the incoming prefix unheard of, and put it through.
    record Sweep() implements Command {}

    /// Bring the dead-letter queue in line with the dead letters' entries.
    record Reconcile() implements Command {}

    /// Put the outputs of hours together.
    ///
    /// @param dataset of which dataset; of all when empty
    /// @param hour    the start of the hour; every one that is due when empty
    record Consolidate(Optional<String> dataset, Optional<Instant> hour) implements Command {}

    /// Carry out, or go on with, the redrive of that id.
    record Redrive(String id) implements Command {}

    /// Decide a file's backup again under today's rules.
    ///
    /// @param replaces the generation that was the current one when this was asked for
    record Reprocess(String dataset, FileId file, int replaces) implements Command {}
}
