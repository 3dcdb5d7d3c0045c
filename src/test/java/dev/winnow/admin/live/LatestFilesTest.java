package dev.winnow.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.admin.file.FileItem;
import dev.winnow.decision.Datasets;
import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.ObjectStore;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.Guests;
import dev.winnow.pipeline.Intakes;
import dev.winnow.pipeline.Taken;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Prefixes;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.validation.Validation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What is told of the files that were decided lately.
final class LatestFilesTest {

    private static final Layout LAYOUT = new Layout(
            new SmallRyeConfigBuilder().withMapping(Prefixes.class).build().getConfigMapping(Prefixes.class));
    private static final Datasets DATASETS = new Datasets(
            List.of(new Guests()), Validation.byDefaultProvider().configure().buildValidatorFactory());

    /// The store's clock and everybody else's begin at the same moment.
    private Instant now = Instant.parse("2026-11-22T09:30:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final FileIntake intake = Intakes.over(store, LAYOUT, clock, new Guests());
    private final LatestFiles latest = process(store);

    @Test
    void twoProcessesTellTheSameWhicheverDecidedAndWheneverTheyLookedFirst() {
        decide("a.csv", 3, 2);
        LatestFiles.Look early = latest.look();
        pass(Duration.ofMinutes(2));
        decide("b.csv", 1, 4);

        LatestFiles.Look one = latest.look();
        LatestFiles.Look other = process(store).look();

        assertThat(names(early)).containsExactly("a.csv");
        assertThat(names(one)).containsExactly("b.csv", "a.csv");
        assertThat(other).isEqualTo(one);
        LastHour figures = LastHour.of(one, List.of(), now);
        assertThat(LastHour.of(other, List.of(), now)).isEqualTo(figures);
        assertThat(figures.records()).isEqualTo(new Receipt.Records(10, 4, 6, 0));
        assertThat(figures.reasons()).containsExactly(Map.entry("name.missing", 6L));
        assertThat(figures.files()).isEqualTo(2);
        assertThat(figures.exact()).isTrue();
    }

    @Test
    void figuresGoByTheMinuteAndTheRateByTheLastOne() {
        decide("a.csv", 7, 5);
        pass(Duration.ofSeconds(90));
        decide("b.csv", 60, 0);
        pass(Duration.ofSeconds(20));

        LastHour figures = LastHour.of(latest.look(), List.of(), now);

        assertThat(figures.minutes()).hasSize(60);
        assertThat(figures.minutes().get(58))
                .isEqualTo(new LastHour.Minute(Instant.parse("2026-11-22T09:30:00Z"), 1, 7, 5, 0));
        assertThat(figures.minutes().get(59))
                .isEqualTo(new LastHour.Minute(Instant.parse("2026-11-22T09:31:00Z"), 1, 60, 0, 0));
        assertThat(figures.rowsPerSecond()).isEqualTo(1.0);
    }

    @Test
    void whatWasDecidedLongerAgoThanAnHourIsNoLongerTold() {
        decide("a.csv", 1, 0);
        assertThat(latest.look().files()).hasSize(1);

        pass(Duration.ofMinutes(61));

        assertThat(latest.look().files()).isEmpty();
    }

    @Test
    void aFileIsToldOnceItsReceiptIsThere() {
        SourceFile source = drop("a.csv", "name\nAda\n");
        Receipt receipt = decided(source);
        byte[] body = store.read(key(source)).orElseThrow();
        store.remove(key(source));
        assertThat(store.head(receipt.backup())).isPresent();
        assertThat(latest.look().files()).isEmpty();

        store.put(key(source), body, "application/json");

        assertThat(names(latest.look())).containsExactly("a.csv");
    }

    @Test
    void aFileOfDaysAgoIsToldWhenItIsDecidedAtLast() {
        SourceFile source = drop("late.csv", "name\nAda\n");
        pass(Duration.ofDays(3));
        assertThat(latest.look().files()).isEmpty();
        decided(source);

        assertThat(names(latest.look())).containsExactly("late.csv");

        // Once its hour was consolidated, the mark that told of it is gone.
        store.remove(LAYOUT.hours().renewal("guests", Hour.of(Instant.parse("2026-11-22T09:30:00Z"))));
        pass(Duration.ofMinutes(5));
        assertThat(names(latest.look())).containsExactly("late.csv");
    }

    @Test
    void aFileOfThisMorningIsToldBySomebodyWhoSeesNoMarkOfIt() {
        SourceFile source = drop("late.csv", "name\nAda\n");
        pass(Duration.ofHours(8));
        decided(source);
        store.remove(LAYOUT.hours().renewal("guests", Hour.of(Instant.parse("2026-11-22T09:30:00Z"))));

        assertThat(names(latest.look())).containsExactly("late.csv");
    }

    @Test
    void aFileDecidedAgainCountsByItsFirstDecision() {
        SourceFile source = drop("a.csv", "name\nAda\n\"\"\n");
        decided(source);
        intake.reprocess(source, 1);
        assertThat(store.head(LAYOUT.receipt("guests", source.id(), 2))).isPresent();

        assertThat(process(store).look().files())
                .extracting(it -> it.generation().orElseThrow())
                .containsExactly(1);
    }

    @Test
    void aReceiptIsReadOnceAndAQuietHourIsListedOnceAMinute() {
        decide("a.csv", 1, 0);
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        LatestFiles counted = process(new HookedObjectStore(store, new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                calls.add(call);
                return made.get();
            }
        }));
        counted.look();
        assertThat(calls).filteredOn(call -> call.startsWith("read ")).hasSize(1);
        assertThat(calls).hasSizeLessThan(30);
        calls.clear();

        pass(Duration.ofSeconds(5));
        counted.look();

        assertThat(calls)
                .containsExactlyInAnyOrder(
                        "list consolidated/guests/renew/",
                        "list backup/guests/date=2026-11-22/hour=09/",
                        "list backup/guests/date=2026-11-22/hour=08/");
        calls.clear();
        pass(Duration.ofMinutes(1));
        counted.look();
        assertThat(calls).hasSizeGreaterThan(20);
    }

    @Test
    void ofMoreThanAThousandFilesTheNewestAreTold() {
        decide("first.csv", 1, 0);
        pass(Duration.ofMinutes(1));
        for (int i = 0; i < LatestFiles.MOST; i++) {
            decide(i + ".csv", 1, 0);
        }

        LatestFiles.Look look = latest.look();

        assertThat(look.files()).hasSize(LatestFiles.MOST);
        assertThat(names(look)).doesNotContain("first.csv");
        assertThat(look.exact()).isFalse();
        assertThat(look.since()).isEqualTo(now);
        // All of them are of this very second, so the rate is of no more than that.
        assertThat(LastHour.of(look, List.of(), now.plusSeconds(1)).rowsPerSecond())
                .isEqualTo(1000.0);
    }

    @Test
    void whatSomethingElseWroteAmongTheReceiptsIsPassedOver() {
        SourceFile source = drop("a.csv", "name\nAda\n");
        decided(source);
        store.put(key(source), "no receipt".getBytes(StandardCharsets.UTF_8), "text/plain");

        assertThat(latest.look().files()).isEmpty();
    }

    private LatestFiles process(ObjectStore bucket) {
        return new LatestFiles(bucket, LAYOUT, DATASETS, clock);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        store.pass(time);
    }

    private SourceFile drop(String name, String content) {
        return store.put("bucket", "incoming/guests/" + name, content.getBytes(StandardCharsets.UTF_8));
    }

    private FileId decide(String name, int accepted, int rejected) {
        return decided(drop(name, "name\n" + "Ada\n".repeat(accepted) + "\"\"\n".repeat(rejected)))
                .fileId();
    }

    private Receipt decided(SourceFile source) {
        Taken taken = intake.take(source, Via.EVENT);
        assertThat(taken).isInstanceOf(Taken.Committed.class);
        return ((Taken.Committed) taken).receipt();
    }

    private static String key(SourceFile source) {
        return LAYOUT.receipt("guests", source.id(), 1);
    }

    private static List<String> names(LatestFiles.Look look) {
        return look.files().stream()
                .map(FileItem::key)
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .toList();
    }
}
