package dev.winnow.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.deadletter.DeadLetter.Circumstances;
import dev.winnow.deadletter.DeadLetter.State;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.notification.Notification;
import dev.winnow.notification.NotificationParser;
import dev.winnow.notification.ObjectEvent;
import dev.winnow.object.BucketConfig;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.receipt.Layout;
import dev.winnow.sqs.Attributes;
import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Holds one message of the dead-letter queue against the register, and makes up for what is missing there.
@Singleton
final class NoticeJudge {

    private final DeadLetters register;
    private final DeadLetterOffice office;
    private final FileIntake intake;
    private final Outbox outbox;
    private final NotificationParser parser;
    private final Clock clock;

    NoticeJudge(
            DeadLetters register,
            DeadLetterOffice office,
            FileIntake intake,
            Outbox outbox,
            ObjectMapper json,
            BucketConfig bucket,
            Layout layout,
            Clock clock) {
        this.register = register;
        this.office = office;
        this.intake = intake;
        this.outbox = outbox;
        this.parser = new NotificationParser(json, bucket.bucket(), layout.incoming());
        this.clock = clock;
    }

    Verdict judge(Delivery message) {
        if (!message.isNotice()) {
            register(message);
            return new Verdict.Registered();
        }
        return message.attribute(Attributes.FILE_ID).isPresent() ? aboutAFile(message) : aboutNoFile(message);
    }

    private Verdict aboutAFile(Delivery notice) {
        if (!(parser.parse(notice.body()) instanceof Notification.Objects(List<ObjectEvent> events)
                && events.size() == 1
                && events.getFirst() instanceof ObjectEvent.Created(SourceFile file))) {
            // Of another bucket, or by another hand.
            return new Verdict.Kept(notice.messageId());
        }
        Optional<DeadLetter> entry = register.find(file);
        if (entry.isEmpty()) {
            if (intake.isDecided(file)) {
                return new Verdict.Cleared();
            }
            register.enter(DeadLetter.of(file, register.folder(file), grounds(notice), circumstances(notice)));
            return kept(file.id().value(), notice);
        }
        return isTold(entry.get(), notice)
                ? new Verdict.Cleared()
                : kept(file.id().value(), notice);
    }

    /// Whether the entry says more than the notice. A notice that SQS itself moves back and forth counts as it
    /// did.
    private static boolean isTold(DeadLetter entry, Delivery notice) {
        return entry.redrives() > notice.redrivesTold()
                || (entry.redrives() == notice.redrivesTold() && entry.state() != State.OPEN);
    }

    private Verdict aboutNoFile(Delivery notice) {
        Optional<DeadLetter> entry = register.find(DeadLetter.MESSAGES, notice.origin());
        if (entry.isEmpty()) {
            register.enter(DeadLetter.of(grounds(notice), circumstances(notice)));
            return kept(notice.origin(), notice);
        }
        if (!isTold(entry.get(), notice)) {
            return kept(notice.origin(), notice);
        }
        if (entry.get().state() != State.REDRIVEN) {
            return new Verdict.Cleared();
        }
        // The entry goes between the two: a crash leaves the notice, and so an open letter, in any case.
        outbox.sendBack(
                notice.body(), notice.origin(), entry.get().redrives() + 1, notice.attribute(Attributes.TRACE_PARENT));
        register.remove(entry.get());
        return new Verdict.SentBack();
    }

    /// Gives up what a message names that SQS itself has moved: every delivery of it has failed without an
    /// answer.
    private void register(Delivery message) {
        Grounds grounds = new Grounds(
                Reason.ABANDONED,
                "Cannot say what is wrong: on every delivery the service failed, or died, with the message in hand");
        boolean files = false;
        if (parser.parse(message.body()) instanceof Notification.Objects(List<ObjectEvent> events)) {
            for (ObjectEvent event : events) {
                if (event instanceof ObjectEvent.Created(SourceFile file)) {
                    files = true;
                    if (!intake.isDecided(file)) {
                        office.giveUp(message, file, grounds);
                    }
                }
            }
        }
        if (!files) {
            office.giveUp(message, grounds);
        }
    }

    private static Verdict kept(String id, Delivery notice) {
        return new Verdict.Kept(id + '#' + notice.redrivesTold());
    }

    private static Grounds grounds(Delivery notice) {
        return new Grounds(
                notice.attribute(Attributes.REASON).flatMap(Reason::of).orElse(Reason.EXHAUSTED),
                notice.attribute(Attributes.DETAIL).orElse("The notice does not say what was wrong"));
    }

    private Circumstances circumstances(Delivery notice) {
        return new Circumstances(
                notice.origin(),
                notice.receiveCount(),
                notice.redrivesTold(),
                clock.instant(),
                notice.attribute(Attributes.TRACE_PARENT));
    }
}
