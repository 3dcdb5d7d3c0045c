package dev.winnow.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.deadletter.DeadLetterOffice;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.RedriveConfig;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.notification.Command;
import dev.winnow.notification.CommandForm;
import dev.winnow.notification.Notification;
import dev.winnow.notification.NotificationParser;
import dev.winnow.notification.ObjectEvent;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.Taken;
import dev.winnow.receipt.Layout;
import dev.winnow.sqs.Attributes;
import dev.winnow.sqs.Delivery;
import dev.winnow.telemetry.Bug;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/// Deals with one message: every object it names gets its end before the message gets its own.
///
/// One object's failure never delays another's success, and what has its end already is known by its receipt or
/// entry when the message comes again.
@Singleton
final class MessageWorker {

    private static final Logger LOG = Logger.getLogger(MessageWorker.class);

    /// What may be repeated of a command, which is the form of their names: anybody can put anything into a message.
    private static final Pattern COMMAND = Pattern.compile("(?=.{1,40}$)[a-z]+(-[a-z]+)*");

    private static final String NOT_TRIED = "Not tried again: ";

    private final NotificationParser parser;
    private final FileIntake intake;
    private final DeadLetterOffice deadLetters;
    private final Operations operations;
    private final int redriveBudget;
    private final Backoff backoff;
    private final QueueJournal journal;

    MessageWorker(
            ObjectMapper json,
            BucketConfig bucket,
            Layout layout,
            FileIntake intake,
            DeadLetterOffice deadLetters,
            Operations operations,
            RedriveConfig redrive,
            Backoff backoff,
            QueueJournal journal) {
        this.parser = new NotificationParser(json, bucket.bucket(), layout.incoming());
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.operations = operations;
        this.redriveBudget = redrive.budget();
        this.backoff = backoff;
        this.journal = journal;
    }

    /// The size of the largest file that a message announces, as far as it says one.
    long largest(String body) {
        return parser.parse(body) instanceof Notification.Objects(List<ObjectEvent> events)
                ? events.stream()
                        .mapToLong(event -> event instanceof ObjectEvent.Created(SourceFile file) ? file.size() : 0)
                        .max()
                        .orElse(0)
                : 0;
    }

    /// Deals with a message.
    Settlement work(Delivery delivery) {
        return succeeds(delivery, () -> isDone(delivery, parser.parse(delivery.body())))
                ? new Settlement.Done()
                : new Settlement.Again(backoff.after(delivery.receiveCount()));
    }

    /// Whether the work was done; a failure is logged and goes no further.
    private static boolean succeeds(Delivery delivery, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (SdkException | StoreUnavailableException e) {
            LOG.warnf("postponed: message=%s: %s", delivery.messageId(), e.getMessage());
        } catch (RuntimeException | Error e) {
            bug(delivery, e);
        }
        return false;
    }

    /// A bug, or out of memory: one file must not stop the queue.
    private static void bug(Delivery delivery, Throwable e) {
        LOG.errorf(Bug.of(e), "failed: message=%s delivery=%d", delivery.messageId(), delivery.receiveCount());
    }

    /// Deals with what a message says.
    ///
    /// @return false when the message must come again
    private boolean isDone(Delivery delivery, Notification notification) {
        return switch (notification) {
            case Notification.TestEvent() -> {
                LOG.infof("test event: message=%s: the bucket's notifications reach this queue", delivery.messageId());
                journal.ignored("test.event");
                yield true;
            }
            case Notification.Order(Command command) -> isCarriedOut(delivery, command);
            case Notification.UnknownOrder(String name) -> {
                String told = COMMAND.matcher(name).matches() ? "'" + name + "'" : "what a command asks for";
                String detail = "Cannot do " + told + ": this service knows no such command";
                deadLetters.giveUp(delivery, new Grounds(Reason.COMMAND_UNKNOWN, detail));
                yield true;
            }
            case Notification.Unreadable(String detail) -> {
                deadLetters.giveUp(delivery, new Grounds(Reason.EVENT_UNREADABLE, detail));
                yield true;
            }
            case Notification.Objects(List<ObjectEvent> events) -> {
                boolean all = true;
                for (ObjectEvent event : events) {
                    all &= succeeds(delivery, () -> hasItsEnd(delivery, event));
                }
                yield all;
            }
        };
    }

    /// Carries a command out; one that cannot be, or fails on its last delivery, is given up.
    private boolean isCarriedOut(Delivery delivery, Command command) {
        boolean done = succeeds(delivery, () -> {
            operations.carryOut(command).ifPresent(grounds -> deadLetters.giveUp(delivery, grounds));
            return true;
        });
        if (!done && delivery.last()) {
            String detail = "Cannot carry out '" + CommandForm.write(command) + "': see the log of message "
                    + delivery.messageId();
            deadLetters.giveUp(delivery, new Grounds(Reason.EXHAUSTED, detail));
        }
        return done || delivery.last();
    }

    /// Deals with one object.
    ///
    /// @return false when the message must come again for it
    private boolean hasItsEnd(Delivery delivery, ObjectEvent event) {
        return switch (event) {
            case ObjectEvent.Created(SourceFile file) -> hasItsEnd(delivery, file);
            case ObjectEvent.Incomplete incomplete -> hasItsEnd(delivery, incomplete);
            case ObjectEvent.Ignored(String key, ObjectEvent.Why why) -> {
                LOG.debugf("ignored: message=%s key=%s: %s", delivery.messageId(), key, why.code());
                journal.ignored(why.code());
                yield true;
            }
        };
    }

    private boolean hasItsEnd(Delivery delivery, ObjectEvent.Incomplete event) {
        Optional<SourceFile> found = intake.find(event.bucket(), event.key(), event.versionId());
        if (found.isPresent()) {
            return hasItsEnd(delivery, found.get());
        }
        String detail = "Cannot read " + event.key() + ": it is gone, and its event does not say which content it was";
        deadLetters.giveUp(delivery, new Grounds(Reason.SOURCE_MISSING, detail));
        return true;
    }

    private boolean hasItsEnd(Delivery delivery, SourceFile file) {
        if (delivery.redrives() > redriveBudget && !intake.isDecided(file)) {
            deadLetters.giveUp(delivery, file, overBudget(delivery));
            return true;
        }
        return switch (take(delivery, file)) {
            case Taken.Committed _, Taken.AlreadyCommitted _, Taken.Superseded _ -> true;
            case Taken.Poisoned(Reason reason, String detail) -> {
                deadLetters.giveUp(delivery, file, new Grounds(reason, detail));
                yield true;
            }
            case Taken.Postponed(String detail)
            when delivery.last() -> {
                deadLetters.giveUp(delivery, file, new Grounds(Reason.EXHAUSTED, detail));
                yield true;
            }
            case Taken.Postponed _ -> false;
        };
    }

    /// A file that has come back too often is given up on the grounds that it had before, unread.
    private Grounds overBudget(Delivery delivery) {
        String before = delivery.attribute(Attributes.DETAIL).orElse("unknown");
        return new Grounds(
                delivery.attribute(Attributes.REASON).flatMap(Reason::of).orElse(Reason.EXHAUSTED),
                // Said once, however often it comes back after that.
                before.startsWith(NOT_TRIED)
                        ? before
                        : NOT_TRIED + "it has come back " + redriveBudget + " times (winnow.redrive.budget); before: "
                                + before);
    }

    /// Takes the file in; a bug is as good a reason to try again as any. What it says is for the log alone.
    private Taken take(Delivery delivery, SourceFile file) {
        try {
            return intake.take(file, delivery.via());
        } catch (RuntimeException | Error e) {
            bug(delivery, e);
            return new Taken.Postponed("Cannot take the file in: "
                    + e.getClass().getName() + ", see the log of message " + delivery.messageId());
        }
    }
}
