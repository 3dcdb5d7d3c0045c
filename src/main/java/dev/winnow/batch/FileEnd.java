package dev.winnow.batch;

import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Receipt;
import java.time.Duration;
import java.util.Optional;

/// What is told of one file.
///
/// @param records what its records were decided to be, where they were
/// @param reason  the code of why it cannot be taken in, where it cannot
/// @param detail  the same in a sentence, also of a failure
/// @param took    all tries and the waits between them
record FileEnd(
        SourceFile file,
        Ending ending,
        Optional<Receipt.Records> records,
        Optional<String> reason,
        Optional<String> detail,
        Duration took) {

    static FileEnd decided(SourceFile file, Ending ending, Receipt.Records records) {
        return new FileEnd(file, ending, Optional.of(records), Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    static FileEnd superseded(SourceFile file) {
        return new FileEnd(
                file, Ending.SUPERSEDED, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    static FileEnd givenUp(SourceFile file, Reason reason, String detail) {
        return new FileEnd(
                file,
                Ending.DEAD_LETTER,
                Optional.empty(),
                Optional.of(reason.code()),
                Optional.of(detail),
                Duration.ZERO);
    }

    static FileEnd skipped(SourceFile file, String reason) {
        return new FileEnd(
                file, Ending.SKIPPED, Optional.empty(), Optional.of(reason), Optional.empty(), Duration.ZERO);
    }

    static FileEnd failed(SourceFile file, Ending ending, String detail) {
        return new FileEnd(file, ending, Optional.empty(), Optional.empty(), Optional.of(detail), Duration.ZERO);
    }

    FileEnd after(Duration time) {
        return new FileEnd(file, ending, records, reason, detail, time);
    }
}
