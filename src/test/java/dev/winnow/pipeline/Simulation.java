package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import dev.winnow.file.SourceFile;
import dev.winnow.object.InTurn;
import dev.winnow.pipeline.Workers.Errand;
import dev.winnow.pipeline.Workers.Node;
import dev.winnow.receipt.Receipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A bucket, a queue with its dead-letter queue, three workers, a sender and an operator in virtual time, for half an
/// hour of which the first ten minutes are as bad as the seed has it.
final class Simulation {

    private static final int WORKERS = 3;
    private static final int MOST_RECEIVES = 4;
    private static final long SECOND = 1_000;
    private static final long VISIBILITY = 30 * SECOND;
    private static final long BAD_UNTIL = 600 * SECOND;
    private static final long END = 1_800 * SECOND;
    private static final int FAULT_EVERY = 25;

    private final Workers workers;
    private final Mutant mutant;
    private final Random random;
    private final Bucket bucket = new Bucket();
    private final Invariants invariants;
    private final Map<Disturbance, Integer> disturbances = new EnumMap<>(Disturbance.class);
    private final List<Planned> plan = new ArrayList<>();
    private final List<Message> queue = new ArrayList<>();
    private final List<Message> dead = new ArrayList<>();
    private final List<Worker> processes = new ArrayList<>();
    private World world = new World();
    private long now;
    private int leftBehind;

    /// @param workers what was learnt in earlier simulations, and will be in this one
    Simulation(Workers workers, Mutant mutant, long seed) {
        this.workers = workers;
        this.mutant = mutant;
        this.random = new Random(seed);
        this.invariants = new Invariants(bucket);
    }

    private record Planned(long at, Disturbance what) {}

    private static final class Message {

        private final SourceFile file;
        private final int replaces;
        private long visibleAt;
        private int receives;

        Message(SourceFile file, int replaces, long visibleAt) {
            this.file = file;
            this.replaces = replaces;
            this.visibleAt = visibleAt;
        }
    }

    private static final class Worker {

        private Optional<Message> message = Optional.empty();
        private int node;
        private long movesAt;

        /// For how long its message is its own, unless it says otherwise.
        private long ownsUntil;
    }

    /// Plays the half hour.
    ///
    /// @throws AssertionError when an invariant is broken
    void play() {
        send(Site.FIRST, Scenario.FILE);
        plan();
        for (int process = 0; process < WORKERS; process++) {
            processes.add(new Worker());
        }
        while (now < END && !(queue.isEmpty() && dead.isEmpty() && plan.isEmpty() && !invariants.leftBehind(world))) {
            step();
        }
        if (now >= END) {
            throw new AssertionError("after half an hour there is still something to do: " + queue.size()
                    + " messages, " + dead.size() + " dead letters, " + plan);
        }
        invariants.unsettled(world).ifPresent(Simulation::fail);
    }

    /// How often each disturbance came in between.
    Map<Disturbance, Integer> disturbances() {
        return disturbances;
    }

    /// How many files the operator had to announce again.
    int leftBehind() {
        return leftBehind;
    }

    private void plan() {
        plan(Disturbance.SAME_BYTES, 3);
        plan(Disturbance.OTHER_RULES, 2);
        plan(Disturbance.OTHER_RULES, 3);
        plan(Disturbance.REPROCESS, 3);
        plan(Disturbance.REPROCESS_TWICE, 6);
        plan(Disturbance.REDRIVE, 2);
        // An upload that expires after its source was overwritten is past what is promised.
        plan(random.nextBoolean() ? Disturbance.OVERWRITE : Disturbance.EXPIRY, 2);
        plan.add(new Planned(BAD_UNTIL, Disturbance.REDRIVE));
        plan.sort(Comparator.comparingLong(Planned::at));
    }

    /// Early more often than late, since most files are done soon.
    private void plan(Disturbance what, int oneIn) {
        if (random.nextInt(oneIn) == 0) {
            plan.add(new Planned((long) (random.nextDouble() * random.nextDouble() * 60 * SECOND), what));
        }
    }

    private void step() {
        long next = Long.MAX_VALUE;
        for (Worker process : processes) {
            next = Math.min(next, process.movesAt);
        }
        if (!plan.isEmpty() && plan.getFirst().at() <= next) {
            Planned planned = plan.removeFirst();
            now = Math.max(now, planned.at());
            happen(planned.what());
            return;
        }
        now = next;
        for (Worker process : processes) {
            if (process.movesAt == next) {
                move(process);
                return;
            }
        }
    }

    private void move(Worker process) {
        process.movesAt = now + 10 + random.nextInt(400);
        if (process.message.isEmpty()) {
            poll(process);
            return;
        }
        Message message = process.message.get();
        if (now < process.ownsUntil) {
            // The heartbeat.
            message.visibleAt = now + VISIBILITY;
            process.ownsUntil = now + VISIBILITY;
        }
        Node node = workers.node(process.node);
        if (node.call.isPresent()) {
            call(process, node, node.call.get());
        } else {
            end(process, node, message);
        }
    }

    private void poll(Worker process) {
        List<Message> visible =
                queue.stream().filter(message -> message.visibleAt <= now).toList();
        if (visible.isEmpty()) {
            process.movesAt = now + SECOND;
            if (now > BAD_UNTIL && queue.isEmpty()) {
                mend();
            }
            return;
        }
        Message message = visible.get(random.nextInt(visible.size()));
        if (message.receives == MOST_RECEIVES) {
            count(Disturbance.EXHAUSTED);
            queue.remove(message);
            dead.add(message);
            return;
        }
        message.receives++;
        if (isFault(4)) {
            count(Disturbance.DUPLICATE);
            world = Disturbance.LAPSE.into(world);
        } else {
            message.visibleAt = now + VISIBILITY;
            process.ownsUntil = now + VISIBILITY;
        }
        InTurn order = random.nextBoolean() ? InTurn.FORWARDS : InTurn.BACKWARDS;
        Errand errand = new Errand(message.file, world.at(World.RULES), message.replaces, unknownAttempt(), order);
        process.node = workers.begun(errand, mutant);
        process.message = Optional.of(message);
    }

    private String unknownAttempt() {
        for (int number = 1; ; number++) {
            String id = "a" + number;
            boolean atWork = processes.stream()
                    .anyMatch(process -> process.message.isPresent()
                            && workers.node(process.node).errand.attemptId().equals(id));
            if (!atWork && !bucket.knows(world, id)) {
                return id;
            }
        }
    }

    private void call(Worker process, Node node, Call call) {
        int fault = isFault(1) ? random.nextInt(5) : -1;
        switch (fault) {
            case 0 -> {
                count(Disturbance.CRASH);
                free(process);
                process.movesAt = now + 5 * SECOND;
            }
            case 1 -> {
                count(Disturbance.LAPSE);
                world = Disturbance.LAPSE.into(world);
                process.movesAt = now + VISIBILITY + random.nextInt((int) VISIBILITY);
            }
            case 2 -> {
                count(Disturbance.FAILURE);
                process.node = node.after(Reply.UNAVAILABLE, mutant);
            }
            case 3 -> {
                count(Disturbance.LOST_REPLY);
                become(bucket.make(mutant.call(node, call), world).world());
                process.node = node.after(Reply.UNAVAILABLE, mutant);
            }
            default -> {
                if (call instanceof Call.Create && isFault(4)) {
                    count(Disturbance.CONFLICT);
                    process.node = node.after(Reply.NO, mutant);
                } else {
                    Bucket.Made made = bucket.make(mutant.call(node, call), world);
                    become(made.world());
                    process.node = node.after(mutant.reply(node, made.reply()), mutant);
                }
            }
        }
    }

    private void end(Worker process, Node node, Message message) {
        if (node.postponed()) {
            if (message.receives == MOST_RECEIVES) {
                count(Disturbance.EXHAUSTED);
                giveUp(message);
            } else if (now < process.ownsUntil) {
                message.visibleAt = now + random.nextInt((int) (10 * SECOND));
            }
        } else {
            switch ((Step.End) node.step) {
                case Step.End.Committed _, Step.End.AlreadyCommitted _, Step.End.Superseded _ -> queue.remove(message);
                case Step.End.Missing _, Step.End.BackupMissing _ -> {
                    invariants.missed(world).ifPresent(Simulation::fail);
                    giveUp(message);
                }
                case Step.End.Poisoned _, Step.End.Undecided _ -> giveUp(message);
            }
        }
        free(process);
    }

    private static void free(Worker process) {
        process.message = Optional.empty();
        process.ownsUntil = 0;
    }

    /// Notices it once, also when several workers give it up.
    private void giveUp(Message message) {
        if (queue.remove(message)) {
            dead.add(message);
        }
    }

    private void happen(Disturbance what) {
        switch (what) {
            case SAME_BYTES -> send(Site.FIRST, Scenario.FILE);
            case OVERWRITE -> send(Site.SECOND, Scenario.OTHER);
            case OTHER_RULES -> world = world.with(World.RULES, random.nextInt(Scenario.RULES.size()));
            case REPROCESS, REPROCESS_TWICE -> {
                int generation = generation();
                if (generation == 0) {
                    return;
                }
                queue.add(new Message(Scenario.FILE, generation, now));
                if (what == Disturbance.REPROCESS_TWICE) {
                    queue.add(new Message(Scenario.FILE, generation, now));
                }
            }
            case EXPIRY -> {
                List<World> expired = bucket.expired(world);
                if (expired.isEmpty()) {
                    return;
                }
                world = expired.get(random.nextInt(expired.size()));
            }
            case REDRIVE -> {
                if (dead.isEmpty()) {
                    return;
                }
                moveBack();
            }
            case CRASH, LAPSE, DUPLICATE, FAILURE, LOST_REPLY, CONFLICT, EXHAUSTED ->
                throw new IllegalArgumentException("Cannot plan " + what);
        }
        count(what);
        world = what.into(world);
    }

    private int generation() {
        return (int) bucket.receipts(world).stream()
                .filter(receipt -> receipt.fileId().equals(Scenario.FILE.id()))
                .map(Receipt::generation)
                .count();
    }

    private void send(String content, SourceFile file) {
        world = bucket.put(world, Site.KEY, content);
        queue.add(new Message(file, 0, now + random.nextInt((int) SECOND)));
    }

    private void moveBack() {
        for (Message message : dead) {
            queue.add(new Message(message.file, message.replaces, now));
        }
        dead.clear();
    }

    /// What the operator, and consolidation, do once nothing is left in the queue.
    private void mend() {
        world = world.with(World.RULES, Scenario.LENIENT);
        dead.removeIf(message -> invariants.rightlyMissing(world, message.file));
        moveBack();
        if (invariants.leftBehind(world)) {
            // Consolidation finishes it as one more event of it would.
            leftBehind++;
            queue.add(new Message(Scenario.FILE, 0, now));
        }
    }

    private void become(World next) {
        invariants.broken(next).or(() -> invariants.broken(world, next, false)).ifPresent(Simulation::fail);
        world = next;
    }

    private boolean isFault(int times) {
        return now < BAD_UNTIL && random.nextInt(FAULT_EVERY) < times;
    }

    private void count(Disturbance what) {
        disturbances.merge(what, 1, Integer::sum);
    }

    private static void fail(String what) {
        throw new AssertionError(what);
    }
}
