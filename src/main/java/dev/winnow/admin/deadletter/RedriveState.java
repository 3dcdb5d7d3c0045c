package dev.winnow.admin.deadletter;

import dev.winnow.redrive.Aftermath;
import dev.winnow.redrive.Filter;
import dev.winnow.redrive.MoveTask;
import dev.winnow.redrive.Redrive;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One redrive, and how far it is.
@Schema(description = "One redrive, and how far it is.")
public record RedriveState(
        @Schema(required = true) String id,

        @Schema(required = true, description = "who ordered it")
        String by,

        Optional<String> note,
        @Schema(required = true) Filter filter,

        @Schema(description = "at most so many letters, the oldest first")
        Optional<Integer> max,

        @Schema(required = true) boolean resetBudget,

        @Schema(
                required = true,
                description = "how many letters matched when it was ordered; 0 where SQS moves the queue")
        int matched,

        @Schema(required = true, description = "how many have been dealt with")
        int sent,

        @Schema(
                required = true,
                description =
                        "how many of these were passed over: committed, discarded or given up anew before their turn, or "
                                + "sent once already by a delivery that died")
        int skipped,

        @Schema(
                required = true,
                description = "how many could not be sent: they name no file, and their message is gone")
        int lost,

        @Schema(
                description =
                        "how many of those dealt with have no entry any more: the file was committed; of a message that "
                                + "names no file: it was not given up again so far. Left out of the listing")
        Optional<Integer> succeeded,

        @Schema(description = "how many of those dealt with were given up anew since. Left out of the listing")
        Optional<Integer> backAgain,

        @Schema(
                description =
                        "how many of those dealt with have come to no end yet, or were overwritten before they were read. "
                                + "Left out of the listing")
        Optional<Integer> left,

        @Schema(
                required = true,
                description = "where SQS moves the whole queue 'done' is that it has ended, see 'queue'")
        Redrive.State state,

        @Schema(required = true) Instant startedAt,
        @Schema(required = true) Instant updatedAt,

        @Schema(description = "how far SQS is, where it moves the whole queue")
        Optional<MoveTask.Progress> queue) {

    /// @param aftermath what became of its letters; empty where that is not looked up
    static RedriveState of(Redrive redrive, Optional<Aftermath> aftermath, Optional<MoveTask.Progress> queue) {
        return new RedriveState(
                redrive.id(),
                redrive.by(),
                redrive.note(),
                redrive.filter(),
                redrive.max(),
                redrive.resetBudget(),
                redrive.letters().size(),
                redrive.sent(),
                redrive.skipped(),
                redrive.lost(),
                aftermath.map(Aftermath::succeeded),
                aftermath.map(Aftermath::backAgain),
                aftermath.map(Aftermath::left),
                state(redrive, queue),
                redrive.startedAt(),
                redrive.updatedAt(),
                queue);
    }

    /// SQS says nothing of its own accord when it has moved the queue. A task that it no longer knows has ended.
    private static Redrive.State state(Redrive redrive, Optional<MoveTask.Progress> queue) {
        if (redrive.task().isEmpty() || redrive.state() != Redrive.State.RUNNING) {
            return redrive.state();
        }
        return switch (queue.map(MoveTask.Progress::status).orElse("COMPLETED")) {
            case "RUNNING", "CANCELLING" -> Redrive.State.RUNNING;
            case "CANCELLED" -> Redrive.State.CANCELLED;
            default -> Redrive.State.DONE;
        };
    }
}
