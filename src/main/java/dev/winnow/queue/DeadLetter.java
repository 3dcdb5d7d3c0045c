package dev.winnow.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import java.time.Instant;
import java.util.Optional;

/// Why Winnow gave up on a file: the entry under `dead-letters/`, gone when a later try commits the file.
///
/// No field carries a person's data.
///
/// @param reason       the code, such as `header.missing`
/// @param detail       what exactly was wrong, in a sentence
/// @param messageId    the message that announced the file
/// @param receiveCount how often it had been delivered
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({
    "schema",
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
    "at"
})
record DeadLetter(
        int schema,
        FileId fileId,
        String dataset,
        String bucket,
        String key,
        Optional<String> versionId,
        String eTag,
        long size,
        String reason,
        String detail,
        String messageId,
        int receiveCount,
        Instant at) {

    static DeadLetter of(SourceFile file, String dataset, Grounds grounds, Delivery delivery, Instant at) {
        return new DeadLetter(
                1,
                file.id(),
                dataset,
                file.bucket(),
                file.key(),
                file.versionId(),
                file.eTag(),
                file.size(),
                grounds.reason().code(),
                grounds.detail(),
                delivery.messageId(),
                delivery.receiveCount(),
                at);
    }
}
