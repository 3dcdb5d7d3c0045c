package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import dev.winnow.file.SourceFile;
import dev.winnow.object.InTurn;
import dev.winnow.pipeline.Workers.Errand;
import dev.winnow.pipeline.Workers.Node;
import java.util.List;

/// What may happen next in a [World]: the workers' next calls, deliveries, and disturbances.
final class Moves {

    /// A message's condition.
    static final int ABSENT = 0;

    static final int VISIBLE = 1;
    static final int IN_FLIGHT = 2;
    static final int DELETED = 3;

    /// A notice of the message lies in the dead-letter queue.
    static final int DEAD = 4;

    /// The messages that there may be.
    static final int EVENT = 0;

    static final int EVENT_OF_THE_OTHER = 1;
    static final int EVENT_AGAIN = 2;
    static final int COMMAND = 3;
    static final int COMMAND_AGAIN = 4;

    /// A dead letter that was moved back is another message.
    static final int EVENT_MOVED_BACK = 5;

    static final int COMMAND_MOVED_BACK = 6;

    /// What a worker is at, beside its message's number: whether the message is still its own, and how far it is with
    /// giving the message up.
    private static final int OWNS = 8;

    private static final int NOTICE = 16;
    private static final int ENTRY = 32;
    private static final int DELETION = 48;

    private final Scenario scenario;
    private final Bucket bucket;
    private final Workers workers;
    private final Mutant mutant;
    private final InTurn first;

    /// @param first in which order the first worker makes calls that it could make at once; the second goes the other
    ///              way, and so on
    Moves(Scenario scenario, Bucket bucket, Workers workers, Mutant mutant, InTurn first) {
        this.scenario = scenario;
        this.bucket = bucket;
        this.workers = workers;
        this.mutant = mutant;
        this.first = first;
    }

    /// Is told of each move.
    interface Sink {
        void move(String who, String what, World next);
    }

    /// Every move that may be next.
    void all(World world, Sink sink) {
        progress(world, sink);
        if (Disturbance.count(world) < scenario.most()) {
            disturb(world, sink);
        }
    }

    /// The workers' moves and the deliveries, first one that needs no disturbance.
    void progress(World world, Sink sink) {
        boolean free = false;
        for (int slot = 0; slot < scenario.workers(); slot++) {
            int number = world.at(World.WORKER + 2 * slot);
            if (number == 0) {
                free = true;
            } else {
                work(world, slot, workers.node(number), sink);
            }
        }
        for (int message = 0; free && message < World.MESSAGES; message++) {
            if ((world.at(World.MESSAGE + message) & 3) == VISIBLE) {
                deliver(world, message, sink);
            }
        }
    }

    /// What the operator does once nothing else is left: mend the rules and move every dead letter back, but for that
    /// of a content which was overwritten unread.
    void mend(World world, Invariants invariants, Sink sink) {
        if (world.at(World.RULES) == Scenario.POISONOUS) {
            sink.move("operator", "mends the rules", world.with(World.RULES, 0));
            return;
        }
        for (int message = 0; message < World.MESSAGES; message++) {
            if (world.at(World.MESSAGE + message) == (DELETED | DEAD)
                    && !invariants.rightlyMissing(world, file(message))) {
                sink.move("operator", "moves message " + message + " back", set(world, message, VISIBLE));
            }
        }
    }

    /// What the operator does for a file that was left behind.
    World announcedAgain(World world) {
        return set(world, EVENT, VISIBLE);
    }

    private void work(World world, int slot, Node node, Sink sink) {
        String who = node.errand.attemptId();
        int at = world.at(World.WORKER + 2 * slot + 1);
        int message = at & 7;
        switch (at & DELETION) {
            case NOTICE ->
                sink.move(
                        who,
                        "sends the notice of message " + message,
                        stage(set(world, message, world.at(World.MESSAGE + message) | DEAD), slot, ENTRY));
            case ENTRY -> {
                Call.Create entry = new Call.Create(
                        "dead-letters/people/" + node.errand.file().id() + ".json", "{}");
                sink.move(who, entry.label(), stage(bucket.make(entry, world).world(), slot, DELETION));
            }
            case DELETION -> sink.move(who, "deletes message " + message, deleted(world, slot, message));
            default -> {
                if (node.call.isPresent()) {
                    call(world, slot, node, node.call.get(), sink);
                } else {
                    end(world, slot, node, message, sink);
                }
            }
        }
    }

    private void call(World world, int slot, Node node, Call call, Sink sink) {
        String who = node.errand.attemptId();
        Bucket.Made made = bucket.make(mutant.call(node, call), world);
        Reply reply = mutant.reply(node, made.reply());
        sink.move(who, call.label(), at(made.world(), slot, node.after(reply, mutant)));
        if (Disturbance.count(world) == scenario.most()) {
            return;
        }
        int unavailable = node.after(Reply.UNAVAILABLE, mutant);
        if (may(world, Disturbance.FAILURE)) {
            sink.move(who, call.label() + ", which fails", at(Disturbance.FAILURE.into(world), slot, unavailable));
        }
        if (may(world, Disturbance.LOST_REPLY) && call.writes()) {
            World done = Disturbance.LOST_REPLY.into(made.world());
            sink.move(who, call.label() + ", whose reply is lost", at(done, slot, unavailable));
        }
        if (may(world, Disturbance.CONFLICT) && call instanceof Call.Create) {
            World refused = Disturbance.CONFLICT.into(world);
            sink.move(who, call.label() + ", refused with 409", at(refused, slot, node.after(Reply.NO, mutant)));
        }
    }

    private void end(World world, int slot, Node node, int message, Sink sink) {
        String who = node.errand.attemptId();
        if (node.postponed()) {
            sink.move(who, "makes message " + message + " visible", dropped(world, slot, message));
            if (may(world, Disturbance.EXHAUSTED)) {
                sink.move(who, "gives the message up", stage(Disturbance.EXHAUSTED.into(world), slot, NOTICE));
            }
            return;
        }
        switch ((Step.End) node.step) {
            case Step.End.Committed _, Step.End.AlreadyCommitted _, Step.End.Superseded _ ->
                sink.move(who, "is done: " + node.step.getClass().getSimpleName(), deleted(world, slot, message));
            case Step.End.Missing _, Step.End.BackupMissing _, Step.End.Undecided _, Step.End.Poisoned _ ->
                sink.move(who, "gives up: " + node.step.getClass().getSimpleName(), stage(world, slot, NOTICE));
        }
    }

    private void deliver(World world, int message, Sink sink) {
        int number = 1;
        while (bucket.knows(world, "a" + number) || atWork(world, "a" + number)) {
            number++;
        }
        String attemptId = "a" + number;
        InTurn order = number % 2 == 1 ? first : first.reversed();
        int slot = World.WORKERS;
        for (int free = scenario.workers() - 1; free >= 0; free--) {
            slot = world.at(World.WORKER + 2 * free) == 0 ? free : slot;
        }
        SourceFile file = file(message);
        int replaces = isCommand(message) ? 1 : 0;
        int node = workers.begun(new Errand(file, world.at(World.RULES), replaces, attemptId, order), mutant);
        World taken = set(world, message, (world.at(World.MESSAGE + message) & DEAD) | IN_FLIGHT)
                .with(World.WORKER + 2 * slot + 1, message | OWNS);
        sink.move(attemptId, "receives message " + message, at(taken, slot, node));
    }

    private boolean atWork(World world, String attemptId) {
        for (int slot = 0; slot < scenario.workers(); slot++) {
            int node = world.at(World.WORKER + 2 * slot);
            if (node != 0 && workers.node(node).errand.attemptId().equals(attemptId)) {
                return true;
            }
        }
        return false;
    }

    private void disturb(World world, Sink sink) {
        for (Disturbance disturbance : scenario.possible()) {
            if (!disturbance.in(world)) {
                disturb(world, disturbance, sink);
            }
        }
    }

    private void disturb(World world, Disturbance disturbance, Sink sink) {
        World disturbed = disturbance.into(world);
        switch (disturbance) {
            case CRASH ->
                eachWorker(world, slot -> {
                    int message = world.at(World.WORKER + 2 * slot + 1) & 7;
                    sink.move(name(world, slot), "dies", dropped(disturbed, slot, message));
                });
            case LAPSE ->
                eachWorker(world, slot -> {
                    int at = world.at(World.WORKER + 2 * slot + 1);
                    if ((at & OWNS) != 0) {
                        World lapsed = set(disturbed, at & 7, (world.at(World.MESSAGE + (at & 7)) & DEAD) | VISIBLE);
                        sink.move(
                                name(world, slot),
                                "loses its message's visibility",
                                sorted(lapsed.with(World.WORKER + 2 * slot + 1, at & ~OWNS)));
                    }
                });
            case OVERWRITE ->
                sink.move(
                        "sender",
                        "puts another content at the key",
                        set(bucket.put(disturbed, Site.KEY, Site.SECOND), EVENT_OF_THE_OTHER, VISIBLE));
            case SAME_BYTES ->
                sink.move(
                        "sender",
                        "puts the same bytes at the key",
                        set(bucket.put(disturbed, Site.KEY, Site.FIRST), EVENT_AGAIN, VISIBLE));
            case OTHER_RULES ->
                sink.move("operator", "puts other rules in force", disturbed.with(World.RULES, scenario.laterRules()));
            case EXPIRY -> {
                for (World expired : bucket.expired(disturbed)) {
                    sink.move("lifecycle rule", "aborts pending uploads", expired);
                }
            }
            case REDRIVE -> {
                for (int message : List.of(EVENT, EVENT_AGAIN, COMMAND, COMMAND_AGAIN)) {
                    int condition = world.at(World.MESSAGE + message);
                    if ((condition & DEAD) != 0) {
                        World left = set(disturbed, message, condition & ~DEAD);
                        int back = isCommand(message) ? COMMAND_MOVED_BACK : EVENT_MOVED_BACK;
                        sink.move("operator", "moves message " + message + " back", set(left, back, VISIBLE));
                    }
                }
            }
            case REPROCESS -> {
                if (!bucket.receipts(world).isEmpty()) {
                    sink.move("operator", "has the file decided again", set(disturbed, COMMAND, VISIBLE));
                }
            }
            case REPROCESS_TWICE -> {
                if (world.at(World.MESSAGE + COMMAND) != ABSENT) {
                    sink.move("operator", "asks for it once more", set(disturbed, COMMAND_AGAIN, VISIBLE));
                }
            }
            case DUPLICATE, FAILURE, LOST_REPLY, CONFLICT, EXHAUSTED -> {
                // A duplicate is a lapse at once; the others come with a worker's own move.
            }
        }
    }

    private interface AtSlot {
        void at(int slot);
    }

    private void eachWorker(World world, AtSlot action) {
        for (int slot = 0; slot < scenario.workers(); slot++) {
            if (world.at(World.WORKER + 2 * slot) != 0) {
                action.at(slot);
            }
        }
    }

    private String name(World world, int slot) {
        return workers.node(world.at(World.WORKER + 2 * slot)).errand.attemptId();
    }

    private boolean may(World world, Disturbance disturbance) {
        return scenario.possible().contains(disturbance)
                && !disturbance.in(world)
                && Disturbance.count(world) < scenario.most();
    }

    private static SourceFile file(int message) {
        return message == EVENT_OF_THE_OTHER ? Scenario.OTHER : Scenario.FILE;
    }

    private static boolean isCommand(int message) {
        return message == COMMAND || message == COMMAND_AGAIN || message == COMMAND_MOVED_BACK;
    }

    private static World set(World world, int message, int condition) {
        return world.with(World.MESSAGE + message, condition);
    }

    private World at(World world, int slot, int node) {
        return sorted(world.with(World.WORKER + 2 * slot, node));
    }

    private World stage(World world, int slot, int stage) {
        int at = world.at(World.WORKER + 2 * slot + 1);
        return sorted(world.with(World.WORKER + 2 * slot + 1, (at & ~DELETION) | stage));
    }

    /// The message is deleted, also by a worker whose own it is no more.
    private World deleted(World world, int slot, int message) {
        return left(set(world, message, (world.at(World.MESSAGE + message) & DEAD) | DELETED), slot);
    }

    /// The message becomes visible again, if it is still the worker's own.
    private World dropped(World world, int slot, int message) {
        boolean owns = (world.at(World.WORKER + 2 * slot + 1) & OWNS) != 0;
        int condition = world.at(World.MESSAGE + message);
        return left(
                owns && (condition & 3) == IN_FLIGHT ? set(world, message, (condition & DEAD) | VISIBLE) : world, slot);
    }

    private World left(World world, int slot) {
        return sorted(world.with(World.WORKER + 2 * slot, 0).with(World.WORKER + 2 * slot + 1, 0));
    }

    /// Which process a worker is makes no difference, so they stand in one order, the free ones last.
    private World sorted(World world) {
        World sorted = world;
        for (int end = scenario.workers() - 1; end > 0; end--) {
            for (int slot = 0; slot < end; slot++) {
                int one = World.WORKER + 2 * slot;
                if (rank(sorted, one) < rank(sorted, one + 2)) {
                    World before = sorted;
                    sorted = sorted.with(one, before.at(one + 2))
                            .with(one + 1, before.at(one + 3))
                            .with(one + 2, before.at(one))
                            .with(one + 3, before.at(one + 1));
                }
            }
        }
        return sorted;
    }

    private static int rank(World world, int worker) {
        return (world.at(worker) << 8) | world.at(worker + 1);
    }
}
