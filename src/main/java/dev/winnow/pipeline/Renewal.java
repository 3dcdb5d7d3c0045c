package dev.winnow.pipeline;

import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Marks the hour that a file has joined late, so that it is consolidated once more.
///
/// It is done once the outputs stand and while the source still does, so that a crash in between leaves a file
/// which the next delivery marks.
final class Renewal {

    /// How long before an hour's end a file counts as late: by as much this machine's clock may be behind the
    /// store's.
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final Workbench bench;

    Renewal(Workbench bench) {
        this.bench = bench;
    }

    /// Marks the file's hour if that is about to end or is over, or if the file was decided again.
    ///
    /// @param attemptId makes the mark's content, and so its ETag, one of its own: whoever has seen an earlier
    ///                  mark cannot take this one away
    void mark(Receipt current, String attemptId) {
        if (current.generation() > 1 || isLate(current)) {
            put(current, attemptId);
        }
    }

    /// Marks the hour of a file that is about to be committed if that is about to end or is over. Should nobody go on
    /// after the commit, and no event of the file be left, whoever renews the hour finds it.
    void foretell(Receipt draft, String attemptId) {
        if (draft.generation() == 1 && isLate(draft)) {
            put(draft, "foretold by " + attemptId);
        }
    }

    private boolean isLate(Receipt receipt) {
        Hour hour = Hour.of(receipt.lastModified());
        return !bench.clock().instant().isBefore(hour.end().minus(MARGIN));
    }

    private void put(Receipt receipt, String content) {
        bench.store()
                .put(
                        bench.layout().hours().renewal(receipt.dataset(), Hour.of(receipt.lastModified())),
                        content.getBytes(StandardCharsets.US_ASCII),
                        "text/plain");
    }
}
