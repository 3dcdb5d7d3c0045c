package dev.winnow.redrive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.winnow.deadletter.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One order to send dead letters back, and how far it is: the document under `redrives/`.
///
/// @param by           the operator's name
/// @param filter       which letters were asked for
/// @param max          how many letters were asked for at most
/// @param letters      those that matched when it was ordered, in the order in which they are sent; none when SQS
///                     itself moves the whole queue
/// @param resetBudget  whether they start anew, as if they had never come back before
/// @param sent         how many of them have been dealt with
/// @param skipped      how many of these were not sent: committed, discarded or given up anew meanwhile
/// @param lost         how many could not be sent: they name no file, and their message has left the dead-letter
///                     queue
/// @param resumes      how often it was resumed: a delivery that began before leaves it to the next
/// @param task         the handle of SQS's own move task, when that moves the whole queue
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({
    "schema",
    "id",
    "by",
    "note",
    "filter",
    "max",
    "resetBudget",
    "task",
    "letters",
    "sent",
    "skipped",
    "lost",
    "resumes",
    "state",
    "startedAt",
    "updatedAt"
})
public record Redrive(
        int schema,
        String id,
        String by,
        Optional<String> note,
        Filter filter,
        Optional<Integer> max,
        boolean resetBudget,
        Optional<String> task,
        List<Item> letters,
        int sent,
        int skipped,
        int lost,
        int resumes,
        State state,
        Instant startedAt,
        Instant updatedAt) {

    private static final int SCHEMA = 1;

    /// How far a redrive is.
    public enum State {
        RUNNING,
        PAUSED,
        DONE,
        CANCELLED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One of the letters.
    ///
    /// @param at when it had been given up: another time means that it has come back since
    @JsonPropertyOrder({"id", "at"})
    public record Item(String id, Optional<String> dataset, Instant at) {

        static Item of(DeadLetter letter) {
            return new Item(letter.id(), letter.dataset(), letter.at());
        }
    }

    public Redrive {
        letters = List.copyOf(letters);
        if (state == State.PAUSED && sent >= letters.size()) {
            throw new IllegalArgumentException("Cannot pause redrive " + id + ": it has no letters left to send");
        }
    }

    /// An order for these letters.
    static Redrive of(Order order, List<Item> letters, Instant now) {
        return new Redrive(
                SCHEMA,
                order.id(),
                order.by(),
                order.note(),
                order.filter(),
                max(order),
                order.resetBudget(),
                Optional.empty(),
                letters,
                0,
                0,
                0,
                0,
                State.RUNNING,
                now,
                now);
    }

    /// An order for the whole queue, which SQS itself carries out.
    static Redrive ofQueue(Order order, String task, Instant now) {
        return new Redrive(
                SCHEMA,
                order.id(),
                order.by(),
                order.note(),
                order.filter(),
                max(order),
                false,
                Optional.of(task),
                List.of(),
                0,
                0,
                0,
                0,
                State.RUNNING,
                now,
                now);
    }

    /// The same, some letters further. A pause that finds the last of them on their way has nothing to hold.
    Redrive advanced(int more, int ofTheseSkipped, Instant now) {
        State next = state == State.PAUSED && sent + more == letters.size() ? State.RUNNING : state;
        return with(sent + more, skipped + ofTheseSkipped, lost, resumes, next, now);
    }

    /// The same, held where it stands, if there is anything to hold: letters of an order that runs. What SQS itself
    /// moves cannot be held.
    Redrive paused(Instant now) {
        return state == State.RUNNING && sent < letters.size()
                ? with(sent, skipped, lost, resumes, State.PAUSED, now)
                : this;
    }

    /// The same, going on from where it was held, if it was.
    Redrive resumed(Instant now) {
        return state == State.PAUSED ? with(sent, skipped, lost, resumes + 1, State.RUNNING, now) : this;
    }

    /// The same, at its end.
    Redrive done(int lettersLost, Instant now) {
        return with(sent, skipped, lettersLost, resumes, State.DONE, now);
    }

    /// The same, given up by an operator, unless it is at its end.
    Redrive cancelled(Instant now) {
        return state == State.RUNNING || state == State.PAUSED
                ? with(sent, skipped, lost, resumes, State.CANCELLED, now)
                : this;
    }

    /// Whether an order asks for the same as the one before it, of the same id, did. The words of its note do not
    /// count.
    ///
    /// @param everything whether it asks for the whole queue
    public boolean isOf(Order order, boolean everything) {
        return filter.equals(order.filter())
                && max.equals(max(order))
                && resetBudget == order.resetBudget()
                && task.isPresent() == everything;
    }

    private static Optional<Integer> max(Order order) {
        return order.most().isPresent() ? Optional.of(order.most().getAsInt()) : Optional.empty();
    }

    private Redrive with(int newSent, int newSkipped, int newLost, int newResumes, State newState, Instant now) {
        return new Redrive(
                schema,
                id,
                by,
                note,
                filter,
                max,
                resetBudget,
                task,
                letters,
                newSent,
                newSkipped,
                newLost,
                newResumes,
                newState,
                startedAt,
                now);
    }
}
