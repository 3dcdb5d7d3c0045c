package dev.winnow.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.pipeline.Attempted;
import dev.winnow.pipeline.Taken;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a process remembers of the last hour.
final class RecentTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:30Z");

    private Instant now = START;
    private final InstantSource source = () -> now;
    private final Recent recent = new Recent(source.withZone(ZoneOffset.UTC));

    @Test
    void committedRowsAreCountedByTheMinuteAndByTheSecond() {
        commit("a.csv", 7, 5, Map.of("email.domain", 5L));
        now = now.plusSeconds(60);
        commit("b.csv", 1, 0, Map.of());

        assertThat(recent.minutes()).hasSize(60);
        assertThat(recent.minutes().get(58))
                .isEqualTo(new Snapshot.Minute(Instant.parse("2026-11-22T10:00:00Z"), 1, 7, 5, 0, 0));
        assertThat(recent.minutes().get(59).accepted()).isEqualTo(1);
        assertThat(recent.reasons()).containsExactly(Map.entry("email.domain", 5L));
        assertThat(recent.rowsPerSecond()).isEqualTo(0.2);
    }

    @Test
    void whatIsOlderThanAnHourIsForgotten() {
        commit("a.csv", 7, 5, Map.of("email.domain", 5L));
        now = now.plus(Duration.ofHours(1));

        assertThat(recent.minutes()).allMatch(minute -> minute.files() == 0);
        assertThat(recent.reasons()).isEmpty();
        assertThat(recent.rowsPerSecond()).isZero();
    }

    @Test
    void theLatestFiftyAttemptsAreKeptTheNewestFirst() {
        for (int i = 0; i < 60; i++) {
            commit(i + ".csv", 1, 0, Map.of());
        }

        assertThat(recent.ended()).hasSize(Recent.KEPT);
        assertThat(recent.ended().getFirst().key()).endsWith("/59.csv");
    }

    @Test
    void whatIsGivenUpTellsItsReasonAndADuplicateIsNoNews() {
        recent.ended(attempt("a.csv", new Taken.Poisoned(Reason.HEADER_MISSING, "missing name")));
        recent.ended(attempt("a.csv", new Taken.AlreadyCommitted(receipt("a.csv", 1, 0, Map.of()))));
        recent.ended(attempt("b.csv", new Taken.Postponed("S3 answers SlowDown")));

        assertThat(recent.ended()).extracting(Snapshot.Ended::outcome).containsExactly("postponed", "poisoned");
        assertThat(recent.ended().getLast().reason()).hasValue("header.missing");
        assertThat(recent.minutes().getLast().poisoned()).isEqualTo(1);
    }

    private void commit(String name, long accepted, long rejected, Map<String, Long> codes) {
        recent.ended(attempt(name, new Taken.Committed(receipt(name, accepted, rejected, codes))));
    }

    private static Attempted attempt(String name, Taken taken) {
        return new Attempted(source(name), Via.EVENT, taken, Duration.ofMillis(20));
    }

    private static SourceFile source(String name) {
        return new SourceFile("bucket", "incoming/membership/" + name, Optional.empty(), "etag", 10);
    }

    private static Receipt receipt(String name, long accepted, long rejected, Map<String, Long> codes) {
        SourceFile file = source(name);
        List<Receipt.Output> outputs = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long rows = new Receipt.Records(accepted + rejected, accepted, rejected, 0).in(outcome);
            if (rows > 0) {
                outputs.add(new Receipt.Output(outcome, "key", "upload", List.of("part"), rows, 1, "sha"));
            }
        }
        return new Receipt(
                1,
                file.id(),
                1,
                "membership",
                file.bucket(),
                file.key(),
                Optional.empty(),
                file.eTag(),
                file.size(),
                "sha",
                "none",
                "rules",
                "version",
                "attempt",
                new Receipt.Records(accepted + rejected, accepted, rejected, 0),
                new TreeMap<>(codes),
                outputs,
                "backup",
                START,
                START,
                START,
                Via.EVENT,
                Optional.empty());
    }
}
