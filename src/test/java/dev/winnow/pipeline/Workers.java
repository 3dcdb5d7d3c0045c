package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import dev.winnow.file.SourceFile;
import dev.winnow.object.InTurn;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Via;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All that a worker can do, learnt from the production code: its [Attempt] is run up to each of its calls once,
/// and what it does with a reply is remembered.
///
/// A worker depends on nothing but its errand and the replies that it has had, so whoever has the same ones does
/// the same.
final class Workers {

    private final List<People> rules;
    private final Interning<Point, Node> nodes = new Interning<>(Node::new);

    /// @param rules the rules that may be in force, in order
    Workers(List<People> rules) {
        this.rules = rules;
    }

    /// What one attempt is sent to do.
    ///
    /// @param rules    the number of the rules that it found in force
    /// @param replaces the generation to be replaced, 0 to take the file in
    /// @param order    in which it makes calls that do not depend on each other
    record Errand(SourceFile file, int rules, int replaces, String attemptId, InTurn order) {}

    /// How far an attempt has come: its step, and the replies that it has had in it.
    record Point(Errand errand, Step step, List<Reply> replies) {}

    /// The node at which an attempt begins.
    int begun(Errand errand, Mutant mutant) {
        Step first = errand.replaces() == 0
                ? Step.start(errand.attemptId())
                : Step.again(errand.attemptId(), errand.replaces());
        return stepped(errand, first, mutant);
    }

    Node node(int number) {
        return nodes.thing(number);
    }

    int size() {
        return nodes.size();
    }

    /// The node at a step, or behind it if it makes no call.
    private int stepped(Errand errand, Step step, Mutant mutant) {
        int number = nodes.number(new Point(errand, step, List.of()));
        Node node = nodes.thing(number);
        return node.next
                .map(next -> stepped(errand, mutant.next(step, next), mutant))
                .orElse(number);
    }

    /// A worker about to make a call, or at its end.
    final class Node {

        final Errand errand;
        final Step step;

        /// The call that it makes next, if it is not at its end.
        final Optional<Call> call;

        private final List<Reply> replies;
        private final Optional<Step> next;
        private final Map<Reply, Map<Mutant, Integer>> after = new HashMap<>();

        private Node(Point point) {
            this.errand = point.errand();
            this.step = point.step();
            this.replies = point.replies();
            Replay replay = new Replay(replies);
            Optional<Step> reached = Optional.empty();
            try {
                Step result = attempt(replay).run(step);
                reached = result.equals(step) ? Optional.empty() : Optional.of(result);
            } catch (StoreUnavailableException | Replay.Stop e) {
                // Postponed, or stopped before its next call.
                reached = Optional.empty();
            }
            this.call = replay.call();
            this.next = call.isPresent() ? Optional.empty() : reached;
        }

        /// Whether it gave the file up for this time, for the store's sake.
        boolean postponed() {
            return call.isEmpty() && !(step instanceof Step.End);
        }

        /// The node to which a reply brings it.
        int after(Reply reply, Mutant mutant) {
            return after.computeIfAbsent(reply, _ -> new HashMap<>()).computeIfAbsent(mutant, _ -> {
                List<Reply> more =
                        Stream.concat(replies.stream(), Stream.of(reply)).toList();
                int number = nodes.number(new Point(errand, step, more));
                return nodes.thing(number)
                        .next
                        .map(to -> stepped(errand, mutant.next(step, to), mutant))
                        .orElse(number);
            });
        }

        private Attempt attempt(Replay replay) {
            Site site = new Site();
            site.order = errand.order();
            Workbench bench = site.bench(replay, CallingStore.CLOCK);
            Via via = errand.replaces() == 0 ? Via.EVENT : Via.REPROCESS;
            return new Attempt(
                    bench,
                    new Assignment(
                            errand.file(),
                            Site.datasets(rules.get(errand.rules()))
                                    .find("people")
                                    .orElseThrow(),
                            via,
                            errand.attemptId()));
        }
    }

    /// Answers as it did before, and stops the worker at the first call that has no answer yet.
    private static final class Replay extends CallingStore {

        private final List<Reply> replies;
        private int made;
        private Optional<Call> next = Optional.empty();

        private static final class Stop extends Error {

            private static final long serialVersionUID = 1L;

            Stop() {
                super("stopped", null, false, false);
            }
        }

        Replay(List<Reply> replies) {
            this.replies = replies;
        }

        synchronized Optional<Call> call() {
            return next;
        }

        @Override
        synchronized Reply make(Call call) {
            if (made < replies.size()) {
                return replies.get(made++);
            }
            if (next.isEmpty()) {
                next = Optional.of(call);
            }
            throw new Stop();
        }
    }
}
