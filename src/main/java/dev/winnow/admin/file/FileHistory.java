package dev.winnow.admin.file;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Receipt;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// All that the bucket knows of a file.
@Schema(description = "All that the bucket knows of a file.")
public record FileHistory(
        @Schema(required = true) FileId fileId,

        @Schema(
                required = true,
                examples = "membership",
                description = "the folder under the incoming prefix, known or not")
        String dataset,

        @Schema(required = true, description = "how far it has come")
        FileStatus status,

        @Schema(required = true, description = "the source's key")
        String key,

        @Schema(required = true, description = "whether the source still lies under the incoming prefix")
        boolean waiting,

        @Schema(required = true, description = "the receipts of all generations, the current one first")
        List<Receipt> receipts,

        @Schema(description = "why it was given up, where it was and no later try committed it")
        Optional<DeadLetter> deadLetter) {

    /// What stands in the place of a dataset where a key names none.
    private static final String NO_DATASET = "unknown";

    /// A file with a receipt.
    static FileHistory committed(boolean waiting, List<Receipt> receipts, Optional<DeadLetter> deadLetter) {
        Receipt current = receipts.getFirst();
        return new FileHistory(
                current.fileId(),
                current.dataset(),
                FileStatus.COMMITTED,
                current.key(),
                waiting,
                receipts,
                deadLetter);
    }

    /// A file that was given up and has no receipt.
    static FileHistory givenUp(SourceFile source, boolean waiting, DeadLetter letter) {
        return new FileHistory(
                source.id(),
                letter.dataset().orElse(NO_DATASET),
                FileStatus.DEAD_LETTER,
                source.key(),
                waiting,
                List.of(),
                Optional.of(letter));
    }

    /// A file of which there is nothing yet but its source.
    static FileHistory waiting(SourceFile source, Optional<String> dataset) {
        return new FileHistory(
                source.id(),
                dataset.orElse(NO_DATASET),
                FileStatus.WAITING,
                source.key(),
                true,
                List.of(),
                Optional.empty());
    }
}
