package dev.winnow.redrive;

import dev.winnow.sqs.Queue;
import dev.winnow.sqs.Queues;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /// How far this machine's clock may be from that of SQS.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

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
        if (tasks().stream().anyMatch(it -> "RUNNING".equals(it.status()))) {
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

    /// How far the task is that was started at that time, as long as SQS keeps it among the last ten.
    public Optional<Progress> progress(Instant startedAt) {
        return progress().apply(startedAt);
    }

    /// The same for any number of tasks, asked for once. SQS names the handle only while a task runs, so each is told
    /// by
    /// its start.
    public Function<Instant, Optional<Progress>> progress() {
        List<ListMessageMoveTasksResultEntry> tasks = tasks();
        return startedAt -> tasks.stream()
                .filter(it -> awayFrom(startedAt, it).compareTo(CLOCKS_APART) <= 0)
                .min(Comparator.comparing(it -> awayFrom(startedAt, it)))
                .map(it -> new Progress(
                        it.status(),
                        it.approximateNumberOfMessagesMoved() == null ? 0 : it.approximateNumberOfMessagesMoved(),
                        Optional.ofNullable(it.approximateNumberOfMessagesToMove()),
                        Optional.ofNullable(it.failureReason())));
    }

    private static Duration awayFrom(Instant startedAt, ListMessageMoveTasksResultEntry task) {
        Long start = task.startedTimestamp();
        return start == null
                ? Duration.ZERO
                : Duration.between(Instant.ofEpochMilli(start), startedAt).abs();
    }

    private List<ListMessageMoveTasksResultEntry> tasks() {
        return sqs.listMessageMoveTasks(request -> request.sourceArn(from.arn()).maxResults(LATEST))
                .results();
    }
}
