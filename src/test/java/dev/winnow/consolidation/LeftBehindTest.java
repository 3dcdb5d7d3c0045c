package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ahead.Lanes;
import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.Guests;
import dev.winnow.pipeline.Intakes;
import dev.winnow.pipeline.Taken;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import dev.winnow.receipt.Via;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker that takes so long over a file that its message comes again, its sender overwrites it, the other delivery
/// ends as superseded and deletes the message, and then the first worker commits and dies: no event of the file is
/// left, and its outputs are pending.
final class LeftBehindTest {

    private static final String KEY = "incoming/guests/day.csv";
    private static final Instant START = Instant.parse("2026-11-22T09:30:00Z");
    private static final Hour HOUR = Hour.of(START);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    /// What a crash of the process looks like to its own code: nothing that it could catch.
    private static final class Crash extends Error {

        private static final long serialVersionUID = 1L;
    }

    /// @param frozen how many minutes the worker takes before it commits; the look-back is three hours
    @ParameterizedTest
    @ValueSource(ints = {1, 60, 300, 3000})
    void theHourIsDueAndItsFileIsFinished(int frozen) {
        SourceFile left = store.put("bucket", KEY, bytes("name\nAda\n"));
        leaveBehind(left, Duration.ofMinutes(frozen));
        Receipt receipt = receipt(left);
        assertThat(store.head(receipt.outputs().getFirst().key())).isEmpty();
        pass(Duration.ofHours(1).plusMinutes(6));

        Consolidation consolidation = consolidation();
        assertThat(consolidation.due().get("guests")).contains(HOUR);
        assertThat(consolidation.consolidate("guests", HOUR).get(Outcome.SUCCESSFUL))
                .isInstanceOfSatisfying(
                        Consolidated.Written.class, it -> assertThat(it.files()).isEqualTo(frozen < 30 ? 2 : 1));

        assertThat(store.read(receipt.outputs().getFirst().key())).contains(bytes("guest\nAda\n"));
        assertThat(store.head(Bucket.LAYOUT.deadLetter("guests", left.id())))
                .as("the entry of an earlier failure")
                .isEmpty();
        assertThat(store.pendingUploads()).isZero();
    }

    @Test
    void aFileThatCannotBeFinishedNowLeavesItsHourToTheNextDelivery() {
        SourceFile left = store.put("bucket", KEY, bytes("name\nAda\n"));
        leaveBehind(left, Duration.ofMinutes(1));
        String entry = Bucket.LAYOUT.deadLetter("guests", left.id());
        pass(Duration.ofHours(2));

        assertThatThrownBy(() -> consolidation(hooked("remove " + entry, () -> {
                            throw new StoreUnavailableException("S3 answers SlowDown");
                        }))
                        .consolidate("guests", HOUR))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(consolidation().consolidate("guests", HOUR).get(Outcome.SUCCESSFUL))
                .isInstanceOf(Consolidated.Written.class);
    }

    private void leaveBehind(SourceFile file, Duration frozen) {
        store.put(Bucket.LAYOUT.deadLetter("guests", file.id()), bytes("{}"), "application/json");
        FileIntake other = intake(store);
        ObjectStore first = new HookedObjectStore(store, new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                if (call.startsWith("copy ")) {
                    T copied = made.get();
                    pass(frozen);
                    SourceFile newer = store.put("bucket", KEY, bytes("name\nGrace\n"));
                    assertThat(other.take(file, Via.EVENT)).isEqualTo(new Taken.Superseded());
                    assertThat(other.take(newer, Via.EVENT)).isInstanceOf(Taken.Committed.class);
                    return copied;
                }
                T result = made.get();
                if (call.startsWith("create receipts/")) {
                    throw new Crash();
                }
                return result;
            }
        });
        assertThatThrownBy(() -> intake(first).take(file, Via.EVENT)).isInstanceOf(Crash.class);
    }

    private Receipt receipt(SourceFile file) {
        return store.read(Bucket.LAYOUT.receipt("guests", file.id(), 1))
                .map(ReceiptJson::read)
                .orElseThrow();
    }

    private FileIntake intake(ObjectStore view) {
        return Intakes.over(view, Bucket.LAYOUT, clock, new Guests());
    }

    private Consolidation consolidation() {
        return consolidation(store);
    }

    private Consolidation consolidation(ObjectStore view) {
        return new Consolidation(
                new Workroom(view, Bucket.LAYOUT, "bucket", 64, 64, Lanes.ofCalls(1), intake(view)::finish),
                Bucket.config(Duration.ofHours(3), Duration.ofMinutes(5)),
                new ConsolidationJournal(new SimpleMeterRegistry()));
    }

    private ObjectStore hooked(String at, Runnable happening) {
        return new HookedObjectStore(store, new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                if (call.equals(at)) {
                    happening.run();
                }
                return made.get();
            }
        });
    }

    private void pass(Duration time) {
        now = now.plus(time);
        store.pass(time);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
