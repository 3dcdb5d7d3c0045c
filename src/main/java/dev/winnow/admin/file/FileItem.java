package dev.winnow.admin.file;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.file.FileId;
import dev.winnow.receipt.Receipt;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A file in a listing.
///
/// @param reason why it was given up, where it was
@Schema(description = "A file in a listing.")
public record FileItem(
        @Schema(required = true) FileId fileId,
        @Schema(required = true) FileStatus status,

        @Schema(required = true, description = "the source's key")
        String key,

        @Schema(required = true, description = "the source's length in bytes")
        long size,

        @Schema(description = "of the current receipt, from 1 on")
        Optional<Integer> generation,

        @Schema(description = "when the current receipt was written")
        Optional<Instant> committedAt,

        Optional<Receipt.Records> records,

        @Schema(description = "of the current receipt: how often each code was given to a row")
        Optional<SortedMap<String, Long>> violations,

        @Schema(description = "why the file was given up", examples = "header.missing")
        Optional<String> reason,

        @Schema(description = "when the source was put there, or given up")
        Optional<Instant> since) {

    /// A file by one of its receipts.
    public static FileItem of(Receipt receipt) {
        return new FileItem(
                receipt.fileId(),
                FileStatus.COMMITTED,
                receipt.key(),
                receipt.size(),
                Optional.of(receipt.generation()),
                Optional.of(receipt.committedAt()),
                Optional.of(receipt.records()),
                Optional.of(receipt.violations()),
                Optional.empty(),
                Optional.of(receipt.lastModified()));
    }

    /// A file that was given up, where the letter names one.
    public static Optional<FileItem> of(DeadLetter letter) {
        return letter.file()
                .map(source -> new FileItem(
                        source.id(),
                        FileStatus.DEAD_LETTER,
                        source.key(),
                        source.size(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(letter.reason()),
                        Optional.of(letter.at())));
    }
}
