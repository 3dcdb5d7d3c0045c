package dev.winnow.deadletter;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import java.time.Instant;
import java.util.Optional;

/// Why Winnow gave up on a file, or on a message that names none: the entry under `dead-letters/`, gone when a later
/// try commits the file.
///
/// The JSON Schema is `dev/winnow/deadletter/dead-letter.schema.json`. No field carries a person's data.
///
/// @param id           the file's id, or that of the message
/// @param dataset      the folder below the incoming prefix, whether or not a dataset has that name
/// @param reason       the code, such as `header.missing`
/// @param detail       what exactly was wrong, in a sentence
/// @param messageId    the message that was given up
/// @param receiveCount how often it had been delivered
/// @param redrives     how often the file had come back from the dead letters by then
/// @param firstAt      when it was given up for the first time
/// @param at           when it was given up for the last time
/// @param traceParent  where in a trace that was, in W3C's form, when it was traced
/// @param redriven     that it was sent back since; whether it succeeds is not known yet
/// @param discarded    that an operator wants to hear no more of it
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({
    "schema",
    "id",
    "fileId",
    "dataset",
    "bucket",
    "key",
    "versionId",
    "eTag",
    "size",
    "reason",
    "detail",
    "messageId",
    "receiveCount",
    "redrives",
    "firstAt",
    "at",
    "traceParent",
    "redriven",
    "discarded"
})
public record DeadLetter(
        int schema,
        String id,
        Optional<FileId> fileId,
        Optional<String> dataset,
        Optional<String> bucket,
        Optional<String> key,
        Optional<String> versionId,
        Optional<String> eTag,
        Optional<Long> size,
        String reason,
        String detail,
        String messageId,
        int receiveCount,
        int redrives,
        Instant firstAt,
        Instant at,
        Optional<String> traceParent,
        Optional<Redriven> redriven,
        Optional<Discarded> discarded) {

    /// The folder of entries about messages that name no file. No dataset can have this name.
    public static final String MESSAGES = "_messages";

    private static final int SCHEMA = 1;

    /// When it was sent back.
    ///
    /// @param redrive the id of the redrive that sent it
    @JsonPropertyOrder({"redrive", "at"})
    public record Redriven(String redrive, Instant at) {}

    /// When it was discarded.
    ///
    /// @param by the operator's name
    @JsonPropertyOrder({"by", "at"})
    public record Discarded(String by, Instant at) {}

    /// What an operator may expect of a dead letter.
    public enum State {
        /// Somebody has to see to it.
        OPEN,
        /// It was sent back and has not come to an end yet.
        REDRIVEN,
        /// Nobody will.
        DISCARDED
    }

    /// A file that is given up.
    static DeadLetter of(SourceFile file, String dataset, Grounds grounds, Circumstances when) {
        return new DeadLetter(
                SCHEMA,
                file.id().value(),
                Optional.of(file.id()),
                Optional.of(dataset),
                Optional.of(file.bucket()),
                Optional.of(file.key()),
                file.versionId(),
                Optional.of(file.eTag()),
                Optional.of(file.size()),
                grounds.reason().code(),
                grounds.detail(),
                when.messageId(),
                when.receiveCount(),
                when.redrives(),
                when.at(),
                when.at(),
                when.traceParent(),
                Optional.empty(),
                Optional.empty());
    }

    /// A message that is given up and names no file.
    static DeadLetter of(Grounds grounds, Circumstances when) {
        return new DeadLetter(
                SCHEMA,
                when.messageId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                grounds.reason().code(),
                grounds.detail(),
                when.messageId(),
                when.receiveCount(),
                when.redrives(),
                when.at(),
                when.at(),
                when.traceParent(),
                Optional.empty(),
                Optional.empty());
    }

    /// When and how often it was tried before it was given up.
    record Circumstances(String messageId, int receiveCount, int redrives, Instant at, Optional<String> traceParent) {}

    @JsonIgnore
    public State state() {
        if (discarded.isPresent()) {
            return State.DISCARDED;
        }
        return redriven.isPresent() ? State.REDRIVEN : State.OPEN;
    }

    /// The file, where it is about one.
    public Optional<SourceFile> file() {
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceFile(
                        bucket.orElseThrow(), key.get(), versionId, eTag.orElseThrow(), size.orElseThrow()));
    }

    /// The folder in which its entry lies.
    String folder() {
        return dataset.orElse(MESSAGES);
    }

    /// The same, sent back.
    public DeadLetter sentBack(String redrive, Instant now) {
        return with(redrives, firstAt, Optional.of(new Redriven(redrive, now)), discarded);
    }

    /// The same, as if it had not been sent back.
    public DeadLetter notSentBack() {
        return with(redrives, firstAt, Optional.empty(), discarded);
    }

    /// The same, as if it had never come back before.
    public DeadLetter withoutRedrives() {
        return with(0, firstAt, redriven, discarded);
    }

    /// The same, of which nobody wants to hear any more.
    public DeadLetter discarded(String by, Instant now) {
        return with(redrives, firstAt, redriven, Optional.of(new Discarded(by, now)));
    }

    /// The same, of which somebody wants to hear after all.
    public DeadLetter restored() {
        return with(redrives, firstAt, redriven, Optional.empty());
    }

    /// The same, given up for the first time when another was.
    DeadLetter since(DeadLetter first) {
        return with(redrives, first.firstAt, redriven, discarded);
    }

    private DeadLetter with(int count, Instant first, Optional<Redriven> sentBack, Optional<Discarded> thrownAway) {
        return new DeadLetter(
                schema,
                id,
                fileId,
                dataset,
                bucket,
                key,
                versionId,
                eTag,
                size,
                reason,
                detail,
                messageId,
                receiveCount,
                count,
                first,
                at,
                traceParent,
                sentBack,
                thrownAway);
    }
}
