package dev.winnow.telemetry;

import dev.winnow.telemetry.Instrument.Reading;
import dev.winnow.telemetry.Instrument.Sum;
import dev.winnow.telemetry.Instrument.Timing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Everything that Winnow itself measures. Names are OpenTelemetry's (`messaging.*`, `rpc.*`) where its semantic
/// conventions have one: <https://opentelemetry.io/docs/specs/semconv/>.
public final class Instruments {

    /// From a call to S3 to the largest file.
    private static final List<Duration> MILLISECONDS_TO_HOURS =
            durations(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 1_800_000);

    public static final Timing FILES = new Timing(
            "winnow.files",
            List.of("dataset", "outcome", "via"),
            MILLISECONDS_TO_HOURS,
            "Attempts at files by how they ended");

    public static final Reading FILES_IN_WORK =
            new Reading("winnow.files.in.work", "", List.of(), "Files that are read, decided or committed now");

    public static final Timing STEPS = new Timing(
            "winnow.steps",
            List.of("step", "result"),
            MILLISECONDS_TO_HOURS,
            "Steps of the commit protocol that were carried out");

    public static final Timing COMMIT_LAG = new Timing(
            "winnow.commit.lag",
            List.of("dataset"),
            durations(100, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000),
            "From a source's Last-Modified to its commit, of files that came by event");

    public static final Sum RECORDS =
            new Sum("winnow.records", "", List.of("dataset", "decision"), "Records of committed files by decision");

    public static final Sum VIOLATIONS =
            new Sum("winnow.violations", "", List.of("dataset", "code"), "Broken rules in records of committed files");

    public static final Sum SOURCE_BYTES =
            new Sum("winnow.source", "bytes", List.of("dataset"), "Size of the sources of committed files");

    public static final Sum OUTPUT_BYTES =
            new Sum("winnow.output", "bytes", List.of("dataset", "outcome"), "Size of the outputs of committed files");

    public static final Sum MESSAGES_RECEIVED = new Sum(
            "messaging.client.consumed.messages",
            "",
            List.of("messaging.system", "messaging.destination.name", "messaging.operation.name"),
            "Messages that SQS handed over");

    public static final Timing MESSAGES_PROCESSED = new Timing(
            "messaging.process.duration",
            List.of("messaging.system", "messaging.destination.name", "messaging.operation.name"),
            MILLISECONDS_TO_HOURS,
            "Work on a message, whatever became of it");

    public static final Timing MESSAGE_WAIT = new Timing(
            "winnow.message.wait",
            List.of(),
            durations(10, 50, 100, 500, 1_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000),
            "How long a message had waited in the queue when it was received for the first time");

    public static final Sum SETTLEMENTS = new Sum(
            "winnow.settlements",
            "",
            List.of("settlement", "result"),
            "Messages deleted (done) or shown again later (again: a retry)");

    public static final Sum HEARTBEATS = new Sum(
            "winnow.heartbeats", "", List.of("result"), "Extensions of a message's visibility while it is in hand");

    public static final Reading MESSAGES_IN_HAND =
            new Reading("winnow.messages.in.hand", "", List.of(), "Messages received and not settled yet");

    public static final Reading QUEUE_MESSAGES = new Reading(
            "winnow.queue.messages",
            "",
            List.of("queue", "state"),
            "About how many messages a queue holds, as SQS tells");

    public static final Sum DEAD_LETTERS =
            new Sum("winnow.dead.letters", "", List.of("reason"), "Dead letters by reason");

    public static final Sum SWEEPS =
            new Sum("winnow.sweeps", "", List.of(), "Sweeps of the incoming prefix that came to their end");

    public static final Sum UNPROCESSED_OBJECTS = new Sum(
            "winnow.unprocessed.objects",
            "",
            List.of(),
            "Objects of full age with neither receipt nor dead letter that a sweep found");

    public static final Timing CONSOLIDATED_HOURS = new Timing(
            "winnow.consolidated.hours",
            List.of("dataset", "outcome", "result"),
            List.of(),
            "Outcomes of hours put together, by result");

    public static final Sum SCALE_IN_PROTECTION = new Sum(
            "winnow.scale.in.protection", "", List.of("result"), "What ECS was told about this task, by result");

    public static final Sum EVENTS_IGNORED =
            new Sum("winnow.events.ignored", "", List.of("why"), "Events that need nothing done, by why");

    public static final Timing AWS_CALLS = new Timing(
            "rpc.client.duration",
            List.of("rpc.system", "rpc.service", "rpc.method", "error.type"),
            List.of(),
            "Calls of S3 and SQS, the SDK's own retries included");

    public static final Sum AWS_REQUESTS = new Sum(
            "winnow.aws.requests",
            "",
            List.of("rpc.service", "rpc.method"),
            "HTTP requests that these calls took: what AWS bills");

    /// All of them.
    public static final List<Instrument> ALL = List.of(
            FILES,
            FILES_IN_WORK,
            STEPS,
            COMMIT_LAG,
            RECORDS,
            VIOLATIONS,
            SOURCE_BYTES,
            OUTPUT_BYTES,
            MESSAGES_RECEIVED,
            MESSAGES_PROCESSED,
            MESSAGE_WAIT,
            SETTLEMENTS,
            HEARTBEATS,
            MESSAGES_IN_HAND,
            QUEUE_MESSAGES,
            DEAD_LETTERS,
            SWEEPS,
            UNPROCESSED_OBJECTS,
            CONSOLIDATED_HOURS,
            SCALE_IN_PROTECTION,
            EVENTS_IGNORED,
            AWS_CALLS,
            AWS_REQUESTS);

    private Instruments() {}

    private static List<Duration> durations(long... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toList();
    }
}
