package dev.winnow.sqs;

import dev.winnow.file.SourceFile;
import dev.winnow.notification.Command;
import dev.winnow.notification.CommandForm;
import dev.winnow.receipt.Via;
import dev.winnow.telemetry.TraceParent;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What this service itself puts on the queue that announces files.
///
/// Every method may throw [software.amazon.awssdk.core.exception.SdkException]; whether the message was sent is
/// unknown then, and to send it again does no harm.
@Singleton
public final class Outbox {

    private final SqsClient sqs;
    private final Queue queue;

    public Outbox(SqsClient sqs, Queues queues) {
        this.sqs = sqs;
        this.queue = queues.source();
    }

    /// Asks for something to be done.
    public void send(Command command) {
        send(CommandForm.write(command), Map.of());
    }

    /// Announces a file in S3's stead.
    ///
    /// @param redrives how often the file has come back from the dead letters, this time included
    public void announce(SourceFile file, Via via, int redrives) {
        announce(file, via, redrives, Optional.empty());
    }

    /// Announces a file in S3's stead.
    ///
    /// @param gaveUp where in a trace it was given up before
    public void announce(SourceFile file, Via via, int redrives, Optional<String> gaveUp) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(Attributes.VIA, via.code());
        attributes.put(Attributes.REDRIVES, Integer.toString(redrives));
        gaveUp.ifPresent(trace -> attributes.put(Attributes.TRACE_LINK, trace));
        send(SingleObjectNotification.of(file), attributes);
    }

    /// Sends a message back that was given up.
    ///
    /// @param origin   the id that the message had when it came first
    /// @param redrives how often it has come back, this time included
    /// @param gaveUp   where in a trace it was given up before
    public void sendBack(String body, String origin, int redrives, Optional<String> gaveUp) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(Attributes.VIA, Via.REDRIVE.code());
        attributes.put(Attributes.MESSAGE_ID, origin);
        attributes.put(Attributes.REDRIVES, Integer.toString(redrives));
        gaveUp.ifPresent(trace -> attributes.put(Attributes.TRACE_LINK, trace));
        send(body, attributes);
    }

    private void send(String body, Map<String, String> told) {
        Map<String, String> attributes = new HashMap<>(told);
        TraceParent.current().ifPresent(here -> attributes.put(Attributes.TRACE_PARENT, here));
        sqs.sendMessage(request ->
                request.queueUrl(queue.url()).messageBody(body).messageAttributes(Attributes.of(attributes)));
    }
}
