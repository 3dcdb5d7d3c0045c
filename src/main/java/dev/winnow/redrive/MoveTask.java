package dev.winnow.redrive;

import dev.winnow.sqs.Queue;
import dev.winnow.sqs.Queues;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// SQS's own way to move a whole dead-letter queue back: fast and without a filter, one at a time a queue. The
/// messages get new ids and clocks and keep their attributes, so that what comes back is counted all the same:
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html>.
@Singleton
public final class MoveTask {

    private static final int LATEST = 10;

    private final SqsClient sqs;
    private final Queue from;
    private final Queue to;

    /// Thrown where SQS is moving the queue already.
    public static final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BusyException() {
            super("Cannot move the dead-letter queue: SQS is at it already");
        }
    }

    /// How far a task is, as SQS tells.
    ///
    /// @param status `RUNNING`, `COMPLETED`, `CANCELLING`, `CANCELLED` or `FAILED`
    /// @param moved  about how many messages it has moved
    /// @param toMove about how many there were when it began
    /// @param fault  why it failed, when it did
    public record Progress(String status, long moved, Optional<Long> toMove, Optional<String> fault) {}

    public MoveTask(SqsClient sqs, Queues queues) {
        this.sqs = sqs;
        this.from = queues.deadLetters();
        this.to = queues.source();
    }

    /// Starts a task and returns its handle.
    ///
    /// @throws BusyException when one is running
    String start() {
        if (latest().filter(it -> "RUNNING".equals(it.status())).isPresent()) {
            throw new BusyException();
        }
        // To the one queue that is read: without it, SQS moves messages to wherever each had come from.
        return sqs.startMessageMoveTask(request -> request.sourceArn(from.arn()).destinationArn(to.arn()))
                .taskHandle();
    }

    /// Stops a task. One that has ended is no error.
    void cancel(String handle) {
        try {
            sqs.cancelMessageMoveTask(request -> request.taskHandle(handle));
        } catch (ResourceNotFoundException e) {
            // Nothing is running under that handle any more.
        } catch (SqsException e) {
            if (e.statusCode() != 400) {
                throw e;
            }
        }
    }

    /// How far the task is that was started at that time: SQS names the handle only while it runs.
    public Optional<Progress> progress(Instant startedAt) {
        long from = startedAt.minusSeconds(60).toEpochMilli();
        return latest().filter(it -> it.startedTimestamp() == null || it.startedTimestamp() >= from)
                .map(it -> new Progress(
                        it.status(),
                        it.approximateNumberOfMessagesMoved() == null ? 0 : it.approximateNumberOfMessagesMoved(),
                        Optional.ofNullable(it.approximateNumberOfMessagesToMove()),
                        Optional.ofNullable(it.failureReason())));
    }

    private Optional<ListMessageMoveTasksResultEntry> latest() {
        return sqs.listMessageMoveTasks(request -> request.sourceArn(from.arn()).maxResults(LATEST)).results().stream()
                .max(Comparator.comparingLong(it -> it.startedTimestamp() == null ? 0L : it.startedTimestamp()));
    }
}
