package dev.winnow.deadletter;

import dev.winnow.deadletter.DeadLetter.Circumstances;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.sqs.Attributes;
import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.Queue;
import dev.winnow.sqs.Queues;
import dev.winnow.sqs.SingleObjectNotification;
import dev.winnow.telemetry.Instruments;
import dev.winnow.telemetry.Meters;
import dev.winnow.telemetry.TraceParent;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Gives up files and messages: a notice with its reason in the dead-letter queue, and an entry in the bucket.
///
/// The notice is sent first, so a crash in between gives a second notice and never none. The original message is
/// deleted only after both.
@Singleton
public final class DeadLetterOffice {

    private static final Logger LOG = Logger.getLogger("dev.winnow.dead-letter");

    private final SqsClient sqs;
    private final Queue queue;
    private final DeadLetters register;
    private final Clock clock;
    private final MeterRegistry meters;

    public DeadLetterOffice(SqsClient sqs, Queues queues, DeadLetters register, Clock clock, MeterRegistry meters) {
        this.sqs = sqs;
        this.queue = queues.deadLetters();
        this.register = register;
        this.clock = clock;
        this.meters = meters;
        // An alarm on their growth must see the first of them.
        for (Reason reason : Reason.values()) {
            Meters.counter(meters, Instruments.DEAD_LETTERS, reason.code());
        }
    }

    /// Gives up a message that names nothing which could be taken in.
    public void giveUp(Delivery delivery, Grounds grounds) {
        giveUp(DeadLetter.of(grounds, circumstances(delivery)), delivery.body(), delivery.last());
    }

    /// Gives up one file that a message names. The source stays where it is.
    public void giveUp(Delivery delivery, SourceFile file, Grounds grounds) {
        DeadLetter letter = DeadLetter.of(file, register.folder(file), grounds, circumstances(delivery));
        giveUp(letter, SingleObjectNotification.of(file), delivery.last());
    }

    /// Gives up one file that no message has named. The source stays where it is.
    ///
    /// @param origin stands where else the message's id does, and is given to no other failure of the file
    /// @throws StoreUnavailableException when it may not have its entry
    public void giveUp(String origin, SourceFile file, Grounds grounds) {
        // A redrive under way is the message's, which tells its own end.
        int redrives = register.find(file).map(DeadLetter::redrives).orElse(0);
        Circumstances now = new Circumstances(origin, 1, redrives, clock.instant(), TraceParent.current());
        DeadLetter letter = DeadLetter.of(file, register.folder(file), grounds, now);
        giveUp(letter, SingleObjectNotification.of(file), false);
    }

    /// Sends a restored letter's notice anew.
    public void ringAgain(DeadLetter letter) {
        letter.file().ifPresent(file -> ring(letter, SingleObjectNotification.of(file)));
    }

    /// Where there is no other chance and the store is out of reach, there is a notice and no entry; reconciliation
    /// makes up for it.
    private void giveUp(DeadLetter letter, String body, boolean lastChance) {
        if (isKnown(letter)) {
            return;
        }
        ring(letter, body);
        Meters.add(meters, Instruments.DEAD_LETTERS, 1, letter.reason());
        LOG.warnf(
                "dead letter: reason=%s file=%s key=%s message=%s redrives=%d: %s",
                letter.reason(),
                letter.fileId().map(Object::toString).orElse("none"),
                letter.key().orElse("none"),
                letter.messageId(),
                letter.redrives(),
                letter.detail());
        try {
            register.enter(letter);
        } catch (StoreUnavailableException e) {
            if (!lastChance) {
                throw e;
            }
            LOG.warnf("no dead-letter entry: %s: %s", letter.id(), e.getMessage());
        }
    }

    /// Whether all of this is told already: by an earlier delivery of the message, by a duplicate of the event, by a
    /// later redrive, or because an operator wants to hear no more of it.
    private boolean isKnown(DeadLetter letter) {
        try {
            Optional<DeadLetter> entry = register.find(letter.folder(), letter.id());
            return entry.filter(before -> before.redrives() > letter.redrives()
                            || (before.redrives() == letter.redrives()
                                    && (before.state() != DeadLetter.State.OPEN
                                            || before.reason().equals(letter.reason()))))
                    .isPresent();
        } catch (StoreUnavailableException e) {
            // Better a second notice than none.
            return false;
        }
    }

    private Circumstances circumstances(Delivery delivery) {
        return new Circumstances(
                delivery.origin(),
                delivery.receiveCount(),
                delivery.redrives(),
                clock.instant(),
                TraceParent.current());
    }

    private void ring(DeadLetter letter, String body) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(Attributes.REASON, letter.reason());
        attributes.put(Attributes.DETAIL, letter.detail());
        attributes.put(Attributes.MESSAGE_ID, letter.messageId());
        attributes.put(Attributes.REDRIVES, Integer.toString(letter.redrives()));
        letter.fileId().ifPresent(id -> attributes.put(Attributes.FILE_ID, id.value()));
        letter.dataset().ifPresent(name -> attributes.put(Attributes.DATASET, name));
        letter.bucket().ifPresent(name -> attributes.put(Attributes.BUCKET, name));
        letter.key().ifPresent(key -> attributes.put(Attributes.KEY, key));
        letter.traceParent().ifPresent(trace -> attributes.put(Attributes.TRACE_PARENT, trace));
        sqs.sendMessage(request ->
                request.queueUrl(queue.url()).messageBody(body).messageAttributes(Attributes.of(attributes)));
    }
}
