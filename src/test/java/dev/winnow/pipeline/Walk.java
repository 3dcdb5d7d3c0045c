package dev.winnow.pipeline;

import dev.winnow.object.InTurn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A walk through all states that a [Scenario] can come to, nearest first, so that a violation's trace is a shortest
/// one.
///
/// From every state the fair continuation is followed too: no further disturbance, the workers go on, what was given
/// up is mended and moved back. It must end, and end well.
final class Walk {

    private final Scenario scenario;
    private final Bucket bucket = new Bucket();
    private final Workers workers;
    private final Moves moves;
    private final InTurn order;
    private final Invariants invariants;
    private final Marks seen = new Marks();
    private final Marks settling = new Marks();
    private long transitions;
    private int leftBehind;

    /// @param order see [Moves]
    Walk(Scenario scenario, Mutant mutant, InTurn order) {
        this.scenario = scenario;
        this.workers = new Workers(Scenario.RULES);
        this.moves = new Moves(scenario, bucket, workers, mutant, order);
        this.order = order;
        this.invariants = new Invariants(bucket);
    }

    /// How a walk ended.
    ///
    /// @param violation what was found wrong and the way there, if anything was
    record Report(int states, long transitions, int points, int leftBehind, Optional<Violation> violation) {}

    record Violation(String what, List<String> trace) {}

    private record Fault(String what, List<String> more) {}

    Report walk() {
        World first = beginning();
        ArrayDeque<World> waiting = new ArrayDeque<>(List.of(first));
        seen.add(first.mark(), -1);
        for (int number = 0; !waiting.isEmpty(); number++) {
            World world = waiting.remove();
            Optional<Fault> fault = fault(world, number, waiting);
            if (fault.isPresent()) {
                List<String> trace = new ArrayList<>(trace(first, seen.way(number)));
                trace.addAll(fault.get().more());
                return report(Optional.of(new Violation(fault.get().what(), trace)));
            }
        }
        return report(Optional.empty());
    }

    private Report report(Optional<Violation> violation) {
        return new Report(seen.size(), transitions, workers.size(), leftBehind, violation);
    }

    private World beginning() {
        World world = bucket.put(new World(), Site.KEY, Site.FIRST);
        if (scenario.takenIn()) {
            Moves undisturbed = new Moves(scenario, bucket, workers, Mutant.NONE, order);
            world = end(undisturbed, world.with(World.MESSAGE + Moves.EVENT, Moves.VISIBLE));
        }
        for (int message : scenario.messages()) {
            world = world.with(World.MESSAGE + message, Moves.VISIBLE);
        }
        return world.with(World.RULES, scenario.rules());
    }

    private static World end(Moves moves, World from) {
        World[] at = {from};
        boolean more = true;
        while (more) {
            World world = at[0];
            moves.progress(world, (_, _, next) -> at[0] = at[0].equals(world) ? next : at[0]);
            more = !at[0].equals(world);
        }
        return at[0];
    }

    private record Way(String label, World to) {}

    /// Looks at a state and at all that may come next of it.
    private Optional<Fault> fault(World world, int number, ArrayDeque<World> waiting) {
        List<Fault> faults = new ArrayList<>();
        moves.all(world, (who, what, next) -> {
            transitions++;
            if (faults.isEmpty() && seen.add(next.mark(), number)) {
                waiting.add(next);
                invariants.broken(next).ifPresent(it -> faults.add(new Fault(it, List.of(who + " " + what))));
            }
            invariants
                    .broken(world, next, who.equals("sender"))
                    .ifPresent(it -> faults.add(new Fault(it, List.of(who + " " + what))));
            if (what.equals("gives up: Missing") || what.equals("gives up: BackupMissing")) {
                invariants.missed(world).ifPresent(it -> faults.add(new Fault(it, List.of(who + " " + what))));
            }
        });
        return faults.isEmpty() ? unsettled(world) : Optional.of(faults.getFirst());
    }

    /// Follows the fair continuation up to a state from which it is known.
    private Optional<Fault> unsettled(World from) {
        List<String> labels = new ArrayList<>();
        Set<World> here = new HashSet<>();
        World world = from;
        while (settling.add(world.mark(), -1)) {
            here.add(world);
            Optional<Way> next = fair(world);
            if (next.isEmpty()) {
                return invariants.unsettled(world).map(it -> new Fault(it, labels));
            }
            labels.add("(then) " + next.get().label());
            World to = next.get().to();
            Optional<String> broken = invariants.broken(to);
            if (broken.isPresent()) {
                return Optional.of(new Fault(broken.get(), labels));
            }
            world = to;
        }
        return here.contains(world) ? Optional.of(new Fault("it never ends", labels)) : Optional.empty();
    }

    /// The first move that needs no disturbance.
    private Optional<Way> fair(World world) {
        List<Way> first = new ArrayList<>(1);
        moves.progress(world, (who, what, next) -> {
            if (first.isEmpty()) {
                first.add(new Way(who + " " + what, next));
            }
        });
        if (first.isEmpty() && invariants.leftBehind(world)) {
            leftBehind++;
            return Optional.of(new Way("consolidation finishes the file", moves.announcedAgain(world)));
        }
        if (first.isEmpty()) {
            moves.mend(world, invariants, (who, what, next) -> {
                if (first.isEmpty()) {
                    first.add(new Way(who + " " + what, next));
                }
            });
        }
        return first.stream().findFirst();
    }

    private List<String> trace(World first, long[] way) {
        List<String> labels = new ArrayList<>();
        World[] at = {first};
        for (int step = 1; step < way.length; step++) {
            long mark = way[step];
            World from = at[0];
            int size = labels.size();
            moves.all(from, (who, what, next) -> {
                if (labels.size() == size && next.mark() == mark) {
                    labels.add(who + " " + what);
                    at[0] = next;
                }
            });
        }
        return labels;
    }
}
