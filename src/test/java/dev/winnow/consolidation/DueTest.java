package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.receipt.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The store's clock begins at 09:30.
final class DueTest {

    private final Bucket bucket = new Bucket();

    @Test
    void theLastHoursWithFilesAreDueOnceTheyAreOverAndSettled() {
        dropAt("2026-11-22T07:59:59Z");
        dropAt("2026-11-22T09:00:00Z");
        dropAt("2026-11-22T10:00:00Z");

        bucket.store.pass(Duration.ofMinutes(34));
        assertThat(due()).containsExactly("07");
        bucket.store.pass(Duration.ofMinutes(1));
        assertThat(due()).containsExactly("07", "09");
        bucket.store.pass(Duration.ofHours(1));
        assertThat(due()).containsExactly("09", "10");
        bucket.store.pass(Duration.ofHours(2));
        assertThat(due()).containsExactly("10");
        bucket.store.pass(Duration.ofHours(1));
        assertThat(due()).isEmpty();
    }

    @Test
    void anHourThatAFileHasJoinedLateIsDueHoweverOld() {
        bucket.commit("1", "person\nAda\n", "");
        bucket.store.pass(Duration.ofDays(90));
        assertThat(due()).containsExactly("09");

        bucket.consolidate();

        assertThat(due()).isEmpty();
    }

    @Test
    void aMarkedHourWaitsUntilItHasSettled() {
        bucket.commit("1", "person\nAda\n", "");
        bucket.store.put(Bucket.LAYOUT.hours().renewals(Bucket.DATASET) + "of-no-hour", new byte[0], "text/plain");
        bucket.store.pass(Duration.ofMinutes(34));
        assertThat(due()).isEmpty();

        bucket.store.pass(Duration.ofMinutes(1));

        assertThat(due()).containsExactly("09");
    }

    @Test
    void withoutLookingBackOnlyMarkedHoursAreDue() {
        dropAt("2026-11-22T08:00:00Z");
        bucket.commit("1", "person\nAda\n", "");
        bucket.store.pass(Duration.ofHours(2));

        Due none = new Due(bucket.store, Bucket.LAYOUT.hours(), Bucket.config(Duration.ZERO, Duration.ZERO));

        assertThat(none.hours().values().stream().flatMap(Collection::stream)).containsExactly(Bucket.HOUR);
    }

    private void dropAt(String time) {
        Instant lastModified = Instant.parse(time);
        bucket.commit(new Bucket.File(time, lastModified), "", "", Bucket.Stage.BACKED_UP);
    }

    /// The hours that are due, of the one dataset that there is.
    private List<String> due() {
        return bucket.worker(bucket.store).due().values().stream()
                .flatMap(Collection::stream)
                .map(Hour::toString)
                .map(hour -> hour.substring(hour.length() - 2))
                .toList();
    }
}
