package dev.winnow.redrive;

import dev.winnow.deadletter.DeadLetterQueue;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.sqs.SingleObjectNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// A registry with dead letters, and all that sends them back.
final class Redriving {

    static final Grounds MISSING = new Grounds(Reason.HEADER_MISSING, "Cannot find: name");
    static final Grounds EXHAUSTED = new Grounds(Reason.EXHAUSTED, "S3 answers SlowDown");
    static final Filter ALL = new Filter(Optional.empty(), Optional.of("guests"), Optional.empty(), List.of());

    final Registry registry = new Registry();
    final MoveTask task = new MoveTask(registry.sqs, registry.queues);
    final Selector selector = new Selector(registry.index, registry.redriveConfig, registry.clock);
    final Redrives redrives =
            new Redrives(registry.store, registry.layout, selector, task, registry.outbox, registry.clock);
    final Redriver redriver = new Redriver(
            redrives,
            registry.register,
            registry.reconciliation,
            new DeadLetterQueue(registry.sqs, registry.queues),
            registry.outbox,
            registry.clock);

    List<SourceFile> giveUp(int files) {
        List<SourceFile> given = new ArrayList<>();
        for (int number = 0; number < files; number++) {
            given.add(registry.giveUp(number + ".csv", MISSING));
        }
        return given;
    }

    Redrive order(Filter filter) {
        return redrives.order(order("r-1", filter));
    }

    static Order order(String id, Filter filter) {
        return new Order(id, "olga", Optional.empty(), filter, OptionalInt.empty(), false);
    }

    /// Carries the order out, with as many deliveries of its command as it takes.
    Redrive carryOut() {
        for (int delivery = 1; delivery <= 10; delivery++) {
            try {
                redriver.carryOut("r-1");
                return redrives.find("r-1").orElseThrow();
            } catch (RuntimeException | Crash e) {
                registry.bucket.mend();
            }
        }
        throw new AssertionError("no delivery carried the redrive out");
    }

    /// The files that were announced, in the order in which they were.
    List<String> announced() {
        return registry.sent(registry.source).stream()
                .map(SendMessageRequest::messageBody)
                .filter(body -> body.contains("Records"))
                .toList();
    }

    static List<String> bodies(List<SourceFile> files) {
        return files.stream().map(SingleObjectNotification::of).toList();
    }

    /// What a crash of the process looks like to its own code: nothing that it could catch.
    static final class Crash extends Error {

        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash", null, false, false);
        }
    }
}
