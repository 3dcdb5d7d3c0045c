package dev.winnow.admin.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.winnow.file.FileId;
import dev.winnow.receipt.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What there is to be seen at one moment.
///
/// Files and rates are those of the process that answers; queue, waiting files and dead letters are everybody's. What
/// could not be looked up is left out, and `trouble` says why.
///
/// @param since         when this process started
/// @param rowsPerSecond decided records, on average over the last minute
/// @param minutes       the last hour, the oldest minute first
/// @param reasons       how often each code was given to a record in that hour
/// @param recent        the attempts that ended last, the newest first
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Snapshot(
        Instant at,
        Instant since,
        double rowsPerSecond,
        List<Minute> minutes,
        SortedMap<String, Long> reasons,
        List<Ended> recent,
        Optional<Depths> queue,
        Optional<Waiting> waiting,
        Optional<GivenUp> deadLetters,
        Optional<String> trouble) {

    /// Whether a look at both shows the same.
    boolean isLike(Snapshot other) {
        return at(other.at).equals(other);
    }

    private Snapshot at(Instant moment) {
        return new Snapshot(
                moment, since, rowsPerSecond, minutes, reasons, recent, queue, waiting, deadLetters, trouble);
    }

    /// What this process did in one minute.
    record Minute(Instant at, long files, long accepted, long rejected, long unreadable, long poisoned) {}

    /// One attempt that has ended.
    ///
    /// @param outcome as in the metric `winnow_files`
    /// @param reason  why the file cannot be taken in, where it cannot
    record Ended(
            Instant at,
            FileId fileId,
            String key,
            long size,
            String outcome,
            String via,
            long millis,
            Optional<Receipt.Records> records,
            Optional<String> reason) {}

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
