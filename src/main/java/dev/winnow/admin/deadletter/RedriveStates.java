package dev.winnow.admin.deadletter;

import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.redrive.MoveTask;
import dev.winnow.redrive.Redrive;
import dev.winnow.redrive.Redrives;
import dev.winnow.redrive.Tracer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/// One redrive by its id, and as a call answers with it: with what became of its letters, or how far SQS is.
@Singleton
public final class RedriveStates {

    private final Redrives redrives;
    private final MoveTask task;
    private final Tracer tracer;

    public RedriveStates(Redrives redrives, MoveTask task, Tracer tracer) {
        this.redrives = redrives;
        this.task = task;
        this.tracer = tracer;
    }

    /// @throws ProblemException when there is none of that id
    Redrive find(String id) {
        return redrives.find(Parameters.id(id)).orElseThrow(() -> missing(id));
    }

    RedriveState of(Redrive redrive) {
        return redrive.task().isPresent()
                ? RedriveState.of(redrive, Optional.empty(), task.progress(redrive.startedAt()))
                : RedriveState.of(redrive, Optional.of(tracer.trace(redrive)), Optional.empty());
    }

    static ProblemException missing(String id) {
        return ProblemException.of(Status.NOT_FOUND, "Cannot find redrive " + id + ": there is none of that id");
    }
}
