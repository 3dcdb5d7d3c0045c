package dev.winnow.admin.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What there is to be seen at one moment, whichever process answers.
///
/// What could not be looked up, or takes its time, is left out; `trouble` says what is out of reach.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Snapshot(
        Instant at,
        Optional<LastHour> lastHour,
        Optional<Depths> queue,
        Optional<Waiting> waiting,
        Optional<GivenUp> deadLetters,
        Optional<String> trouble) {

    /// Whether a look at both shows the same.
    boolean isLike(Snapshot other) {
        return at(other.at).equals(other);
    }

    private Snapshot at(Instant moment) {
        return new Snapshot(moment, lastHour, queue, waiting, deadLetters, trouble);
    }

    /// How much the queue holds, about.
    ///
    /// @param visible that no process has yet
    /// @param hidden  that some process has in hand
    /// @param delayed that wait before they are tried again
    record Depths(long visible, long hidden, long delayed) {}

    /// What lies under the incoming prefix and is no dead letter.
    ///
    /// @param files  how many, of the objects looked at
    /// @param oldest when the oldest of them was put there
    /// @param exact  whether all objects were looked at
    record Waiting(long files, Optional<Instant> oldest, boolean exact) {}

    /// The open dead letters.
    ///
    /// @param since when the oldest was given up for the first time
    /// @param exact whether these are all
    record GivenUp(long open, long underWay, Optional<Instant> since, List<Group> groups, boolean exact) {}

    /// The open dead letters of one reason, with the commonest of their details.
    record Group(String reason, long count, String detail) {}
}
