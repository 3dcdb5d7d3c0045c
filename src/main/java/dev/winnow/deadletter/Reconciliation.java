package dev.winnow.deadletter;

import dev.winnow.deadletter.Verdict.Cleared;
import dev.winnow.deadletter.Verdict.Kept;
import dev.winnow.deadletter.Verdict.Registered;
import dev.winnow.deadletter.Verdict.SentBack;
import dev.winnow.sqs.Delivery;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

/// Brings the dead-letter queue in line with the register, in a pass that looks at every message once.
///
/// Any number of passes may be made at a time, and one that dies is simply made again: its messages come to light
/// after five minutes.
@Singleton
public final class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final DeadLetterQueue queue;
    private final NoticeJudge judge;

    /// What one pass did.
    ///
    /// @param registered messages that SQS itself had moved, now with an entry and a notice
    /// @param cleared    notices that told nothing any more
    /// @param sentBack   messages that name no file, now on the queue again
    /// @param kept       notices that hold
    public record Pass(int registered, int cleared, int sentBack, int kept) {}

    public Reconciliation(DeadLetterQueue queue, NoticeJudge judge) {
        this.queue = queue;
        this.judge = judge;
    }

    /// Makes one pass.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException when the bucket cannot be asked
    public Pass pass() {
        Pass pass = new Pass(0, 0, 0, 0);
        Set<String> seen = new HashSet<>();
        Set<String> rung = new HashSet<>();
        List<Message> shown = new ArrayList<>();
        try {
            boolean more = true;
            while (more) {
                List<Message> batch = new ArrayList<>(queue.next());
                more = !batch.isEmpty();
                shown.addAll(batch);
                List<Message> done = new ArrayList<>();
                for (Message message : batch) {
                    if (!seen.add(message.messageId())) {
                        // It comes to light again: the pass is all round, or has taken too long.
                        more = false;
                        continue;
                    }
                    Verdict verdict = judge.judge(Delivery.of(message, queue.queue()));
                    if (verdict instanceof Kept(String letter) && !rung.add(letter)) {
                        verdict = new Cleared();
                    }
                    pass = counted(pass, verdict);
                    if (!(verdict instanceof Kept)) {
                        done.add(message);
                    }
                }
                queue.delete(done);
                shown.removeAll(done);
            }
        } finally {
            release(shown);
        }
        return pass;
    }

    private static Pass counted(Pass pass, Verdict verdict) {
        return switch (verdict) {
            case Registered() -> new Pass(pass.registered + 1, pass.cleared, pass.sentBack, pass.kept);
            case Cleared() -> new Pass(pass.registered, pass.cleared + 1, pass.sentBack, pass.kept);
            case SentBack() -> new Pass(pass.registered, pass.cleared, pass.sentBack + 1, pass.kept);
            case Kept(String _) -> new Pass(pass.registered, pass.cleared, pass.sentBack, pass.kept + 1);
        };
    }

    /// Messages that are not shown again now are so by themselves, a few minutes later.
    private void release(List<Message> messages) {
        try {
            queue.release(messages);
        } catch (SdkException e) {
            LOG.warnf("Cannot show %d dead letters again before their time: %s", messages.size(), e.getMessage());
        }
    }
}
