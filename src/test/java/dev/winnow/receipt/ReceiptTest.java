package dev.winnow.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReceiptTest {

    @ParameterizedTest
    @CsvSource({"5, 2, 1, 1", "3, 2, 1, 1", "0, 1, 0, 0"})
    void everyRecordReadIsAccountedFor(long read, long accepted, long rejected, long unreadable) {
        assertThatThrownBy(() -> new Receipt.Records(read, accepted, rejected, unreadable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot account for every record: " + read + " read, " + accepted + " accepted, " + rejected
                        + " rejected, " + unreadable + " unreadable");
    }

    @Test
    void unreadableRecordsAreNotedAmongTheUnsuccessful() {
        Receipt.Records records = new Receipt.Records(6, 1, 2, 3);

        assertThat(records.in(Outcome.SUCCESSFUL)).isEqualTo(1);
        assertThat(records.in(Outcome.UNSUCCESSFUL)).isEqualTo(5);
    }

    @Test
    void everyDecidedRecordIsWritten() {
        assertThatThrownBy(() -> Receipts.of(new Receipt.Records(3, 3, 0, 0), List.of(Receipts.SUCCESSFUL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a receipt: 3 successful records were decided and 2 written");
        assertThatThrownBy(() -> Receipts.of(new Receipt.Records(4, 2, 2, 0), List.of(Receipts.SUCCESSFUL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a receipt: 2 unsuccessful records were decided and 0 written");
        assertThatThrownBy(() -> Receipts.of(
                        new Receipt.Records(2, 2, 0, 0), List.of(Receipts.SUCCESSFUL, Receipts.UNSUCCESSFUL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a receipt: 0 unsuccessful records were decided and 2 written");
    }

    @Test
    void theTimeOfTheCommitIsAllThatChangesWithIt() {
        Instant later = Instant.parse("2026-11-22T10:00:00Z");
        Receipt first = Receipts.first();

        Receipt committed = first.committedAt(later);

        assertThat(committed.committedAt()).isEqualTo(later);
        assertThat(committed.committedAt(first.committedAt())).isEqualTo(first);
    }
}
