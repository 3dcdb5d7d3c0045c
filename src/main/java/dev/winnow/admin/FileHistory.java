package dev.winnow.admin;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.file.FileId;
import dev.winnow.receipt.Receipt;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// All that the bucket knows of a file.
@Schema(description = "All that the bucket knows of a file.")
record FileHistory(
        @Schema(required = true) FileId fileId,
        @Schema(required = true, examples = "membership") String dataset,

        @Schema(required = true, description = "whether the source still lies under the incoming prefix")
        boolean waiting,

        @Schema(required = true, description = "the receipts of all generations, the current one first")
        List<Receipt> receipts,

        @Schema(description = "why it was given up, where it was and no later try committed it")
        Optional<DeadLetter> deadLetter) {}
