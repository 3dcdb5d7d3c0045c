package dev.winnow.redrive;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetterQueue;
import dev.winnow.deadletter.DeadLetters;
import dev.winnow.deadletter.Reconciliation;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Via;
import dev.winnow.sqs.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/// Carries an order out: each letter is marked in the register, then its file announced, a few at a time, and in the
/// end their notices leave the dead-letter queue.
///
/// Nothing is taken away before it was sent, and how far it is stands in the bucket, so a crash at any point is gone
/// on with by the next delivery of the command. What that sends a second time is found done.
///
/// A pause is found when the progress is noted, so it lets at most [#BATCH] letters pass.
@Singleton
public final class Redriver {

    /// How many letters are sent before the progress is noted.
    static final int BATCH = 20;

    private static final Logger LOG = Logger.getLogger("dev.winnow.redrive");

    private final Redrives redrives;
    private final DeadLetters register;
    private final Reconciliation reconciliation;
    private final DeadLetterQueue queue;
    private final Outbox outbox;
    private final Clock clock;

    public Redriver(
            Redrives redrives,
            DeadLetters register,
            Reconciliation reconciliation,
            DeadLetterQueue queue,
            Outbox outbox,
            Clock clock) {
        this.redrives = redrives;
        this.register = register;
        this.reconciliation = reconciliation;
        this.queue = queue;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Carries the order of that id out, from where it stands.
    ///
    /// @throws StoreUnavailableException or [software.amazon.awssdk.core.exception.SdkException] when it cannot
    /// go on
    public void carryOut(String id) {
        Redrive redrive = redrives.find(id).orElse(null);
        if (redrive == null) {
            LOG.warnf("no redrive: id=%s: there is no such order", id);
            return;
        }
        if (redrive.state() == Redrive.State.DONE) {
            // A second command, of an order that was given twice: there is nothing to do, and nothing to tell.
            return;
        }
        AtomicBoolean ended = new AtomicBoolean();
        int resumes = redrive.resumes();
        while (redrive.state() == Redrive.State.RUNNING
                && redrive.sent() < redrive.letters().size()) {
            redrive = sendBatch(redrive);
            if (redrive.resumes() != resumes) {
                // It was paused and resumed in between: the command of that goes on with it.
                return;
            }
        }
        if (redrive.state() != Redrive.State.RUNNING) {
            unmarkUnsent(redrive);
        }
        boolean allShown = queue.depth().hidden() == 0;
        reconciliation.pass();
        if (redrive.state() == Redrive.State.RUNNING) {
            requireAllSeen(redrive, allShown);
            Redrive sent = redrive;
            int lost = (int) redrive.letters().stream()
                    .filter(item -> item.dataset().isEmpty() && isUnsent(sent, item))
                    .count();
            redrive = redrives.change(id, it -> {
                        ended.set(it.state() == Redrive.State.RUNNING);
                        return ended.get() ? it.done(lost, clock.instant()) : it;
                    })
                    .orElse(redrive);
        }
        if (redrive.state() == Redrive.State.DONE && !ended.get()) {
            // Another delivery was first, and has told.
            return;
        }
        LOG.infof(
                "redrive %s: id=%s letters=%d sent=%d skipped=%d lost=%d",
                redrive.state().code(),
                id,
                redrive.letters().size(),
                redrive.sent() - redrive.skipped(),
                redrive.skipped(),
                redrive.lost());
    }

    /// A message that somebody else looks at, such as another pass over the queue, has not left it.
    ///
    /// @param allShown whether nobody looked at any before this pass: one that is shown by now may have been hidden
    ///                 while the pass went on
    private void requireAllSeen(Redrive redrive, boolean allShown) {
        boolean unsent = redrive.letters().stream()
                .filter(item -> item.dataset().isEmpty())
                .flatMap(item -> find(item).stream())
                .anyMatch(letter -> isMarkedBy(letter, redrive.id()));
        if (unsent && !(allShown && queue.depth().hidden() == 0)) {
            throw new StoreUnavailableException(
                    "Cannot send every message back: some in the dead-letter queue were hidden meanwhile");
        }
    }

    private Redrive sendBatch(Redrive redrive) {
        List<Redrive.Item> batch = batch(redrive);
        int skipped =
                (int) batch.stream().filter(item -> !isSent(redrive, item)).count();
        return redrives.change(
                        redrive.id(),
                        it -> it.sent() == redrive.sent() && it.resumes() == redrive.resumes()
                                ? it.advanced(batch.size(), skipped, clock.instant())
                                : it)
                .orElseThrow(() -> new StoreUnavailableException("Cannot go on with a redrive: its order is gone"));
    }

    private static List<Redrive.Item> batch(Redrive redrive) {
        int from = redrive.sent();
        return redrive.letters()
                .subList(from, Math.min(from + BATCH, redrive.letters().size()));
    }

    /// Sends one letter back. The mark comes first: should the file fail again before it, the mark would hide
    /// that.
    private boolean isSent(Redrive redrive, Redrive.Item item) {
        Optional<DeadLetter> marked = find(item)
                .filter(letter -> isMeant(letter, item))
                .flatMap(letter -> register.change(letter, it -> isMeant(it, item) ? marked(it, redrive) : it))
                .filter(letter -> isMeant(letter, item));
        // One that names no file is sent from the dead-letter queue, which alone has its body.
        marked.flatMap(DeadLetter::file)
                .ifPresent(file -> outbox.announce(
                        file,
                        Via.REDRIVE,
                        marked.get().redrives() + 1,
                        marked.get().traceParent()));
        return marked.isPresent();
    }

    private DeadLetter marked(DeadLetter letter, Redrive redrive) {
        DeadLetter sentBack = letter.sentBack(redrive.id(), clock.instant());
        return redrive.resetBudget() ? sentBack.withoutRedrives() : sentBack;
    }

    private static boolean isMeant(DeadLetter letter, Redrive.Item item) {
        return letter.at().equals(item.at()) && letter.state() != DeadLetter.State.DISCARDED;
    }

    private Optional<DeadLetter> find(Redrive.Item item) {
        return register.find(item.dataset().orElse(DeadLetter.MESSAGES), item.id());
    }

    /// Takes back the marks of a delivery that died in the midst of a batch, so that these letters are open, and their
    /// notices stay, as long as nobody sends them. A mark younger than the pause is of whoever went on since.
    private void unmarkUnsent(Redrive redrive) {
        Predicate<DeadLetter> isStale = letter -> isMarkedBy(letter, redrive.id())
                && (redrive.state() == Redrive.State.CANCELLED
                        || letter.redriven()
                                .filter(it -> it.at().isAfter(redrive.updatedAt()))
                                .isEmpty());
        batch(redrive).stream()
                .flatMap(item -> find(item).stream())
                .filter(isStale)
                .forEach(letter -> register.change(letter, it -> isStale.test(it) ? it.notSentBack() : it));
    }

    /// Whether a message that names no file still lies there after its turn, by its entry, whose mark is taken back.
    private boolean isUnsent(Redrive redrive, Redrive.Item item) {
        return find(item)
                .filter(letter -> isMeant(letter, item))
                .filter(letter -> letter.state() == DeadLetter.State.OPEN || isMarkedBy(letter, redrive.id()))
                .flatMap(letter -> register.change(letter, it -> isMarkedBy(it, redrive.id()) ? it.notSentBack() : it))
                .isPresent();
    }

    private static boolean isMarkedBy(DeadLetter letter, String id) {
        return letter.redriven().filter(it -> it.redrive().equals(id)).isPresent();
    }
}
