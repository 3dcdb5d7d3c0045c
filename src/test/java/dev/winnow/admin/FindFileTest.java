package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.admin.call.ProblemException;
import dev.winnow.admin.file.FileHistory;
import dev.winnow.admin.file.FileStatus;
import dev.winnow.admin.file.Files;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.FileId;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Via;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A file by its id alone, whatever the bucket knows of it.
final class FindFileTest {

    private static final FileId NONE = new FileId("0".repeat(24));

    private final Desk desk = new Desk();
    private final Registry registry = desk.registry;

    @Test
    void aCommittedFileIsFound() {
        SourceFile file = registry.bucket.put("incoming/guests/a.csv", "name\nAda\n");
        registry.intake.take(file, Via.EVENT);

        FileHistory history = desk.files.get(file.id().value());

        assertThat(history.status()).isEqualTo(FileStatus.COMMITTED);
        assertThat(history.key()).isEqualTo(file.key());
        assertThat(history.waiting()).isFalse();
        assertThat(history.receipts()).hasSize(1);
    }

    @Test
    void aFileThatOnlyWaitsIsFound() {
        registry.bucket.put("incoming/guests/", "");
        registry.bucket.put("incoming/guests/other.csv", "name\nGrace\n");
        SourceFile file = registry.bucket.put("incoming/guests/waits.csv", "name\nAda\n");

        FileHistory history = desk.files.get(file.id().value());

        assertThat(history.status()).isEqualTo(FileStatus.WAITING);
        assertThat(history.dataset()).isEqualTo("guests");
        assertThat(history.key()).isEqualTo(file.key());
        assertThat(history.waiting()).isTrue();
        assertThat(history.receipts()).isEmpty();
        assertThatThrownBy(() -> desk.files.reprocess(file.id().value(), null)).hasMessageEndingWith("it still waits");
    }

    @Test
    void aFileOfNoDatasetIsFoundByItsDeadLetter() {
        SourceFile stray = registry.bucket.put("incoming/stray.csv", "x");
        registry.office.giveUp(
                registry.delivery("m-1", "body", 1, Map.of()),
                stray,
                new Grounds(Reason.DATASET_UNKNOWN, "no dataset"));
        registry.bucket.remove(stray.key());

        FileHistory history = desk.files.get(stray.id().value());

        assertThat(history.status()).isEqualTo(FileStatus.DEAD_LETTER);
        assertThat(history.dataset()).isEqualTo("unknown");
        assertThat(history.waiting()).isFalse();
        assertThat(history.deadLetter()).isPresent();
    }

    @Test
    void aFileThatIsNowhereIsToldToBeNowhere() {
        registry.bucket.put("incoming/guests/other.csv", "name\nGrace\n");

        assertThatThrownBy(() -> desk.files.get(NONE.value()))
                .hasMessage("Cannot find file " + NONE
                        + ": it has no receipt and no dead-letter entry, and does not lie under the incoming prefix");
    }

    @Test
    void aSearchIsBoundedAndSaysSo() {
        for (int number = 0; number <= Files.MOST_LISTED; number++) {
            registry.bucket.put("incoming/guests/%05d.csv".formatted(number), "name\n");
        }
        SourceFile last = registry.bucket.put("incoming/guests/last.csv", "name\nAda\n");

        assertThatThrownBy(() -> desk.files.get(last.id().value()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.status().getStatusCode()).isEqualTo(404))
                .hasMessageEndingWith("is not among the first 10000 objects under the incoming prefix, which has more:"
                        + " list those by status=waiting");
    }
}
