package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.pipeline.Script.Fault;
import dev.winnow.receipt.Via;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The file is dropped at 09:30 by the store's clock; what the worker's clock shows when it is done is the test's.
final class RenewalTest {

    private static final String MARK = "consolidated/people/renew/date=2026-11-22/hour=09";

    private final Site site = new Site();

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T09:30:00Z, false",
        "2026-11-22T09:49:59.999Z, false",
        "2026-11-22T09:50:00Z, true",
        "2026-11-22T10:00:00Z, true",
        "2026-11-23T09:30:00Z, true"
    })
    void aFileThatIsDoneOnceItsHourIsAboutToEndMarksIt(Instant time, boolean marked) {
        workAt(time);

        site.deliver(site.drop(Site.FIRST));

        assertThat(site.bucket.keys().contains(MARK)).isEqualTo(marked);
    }

    @Test
    void aFileThatWasDecidedAgainMarksItsHourWhenever() {
        SourceFile file = site.drop(Site.FIRST);
        site.worker(new Refusing("complete")).take(file, Via.EVENT);
        site.bucket.expireUploads();
        assertThat(site.bucket.keys()).doesNotContain(MARK);

        site.deliver(file);

        assertThat(site.receipt(file, 2)).isPresent();
        assertThat(site.bucket.keys()).contains(MARK);
    }

    @Test
    void everyAttemptsMarkHasAnETagOfItsOwn() {
        workAt(Instant.parse("2026-11-22T10:00:00Z"));
        SourceFile file = site.drop(Site.FIRST);

        site.deliver(file);
        String first = site.bucket.head(MARK).orElseThrow().eTag();
        site.deliver(file);

        assertThat(site.bucket.head(MARK).orElseThrow().eTag()).isNotEqualTo(first);
    }

    @Test
    void theMarkStandsAfterTheOutputsAndBeforeTheSourceGoes() {
        workAt(Instant.parse("2026-11-22T10:00:00Z"));
        List<String> made = new ArrayList<>();

        site.worker(new HookedObjectStore.Hook() {
                    @Override
                    public <T> T around(String call, Supplier<T> called) {
                        made.add(call.replaceAll("/people/.*", ""));
                        return called.get();
                    }
                })
                .take(site.drop(Site.FIRST), Via.EVENT);

        assertThat(made)
                .containsSubsequence(
                        "complete successful", "complete unsuccessful", "put consolidated", "remove if match incoming");
    }

    /// Its attempt may be the last that knows of it: see the limits in the operations guide.
    @Test
    void whoeverCommitsAFileOfAnHourThatIsOverMarksItBeforehandToo() {
        workAt(Instant.parse("2026-11-22T15:00:00Z"));
        SourceFile file = site.drop(Site.FIRST);

        assertThatThrownBy(() -> site.worker(new HookedObjectStore.Hook() {
                            @Override
                            public <T> T around(String call, Supplier<T> called) {
                                T made = called.get();
                                if (call.startsWith("create receipts/")) {
                                    throw new Site.Crash();
                                }
                                return made;
                            }
                        })
                        .take(file, Via.EVENT))
                .isInstanceOf(Site.Crash.class);

        String foretold = site.bucket.head(MARK).orElseThrow().eTag();
        site.deliver(file);
        assertThat(site.bucket.head(MARK).orElseThrow().eTag()).isNotEqualTo(foretold);
    }

    @Test
    void theMarkAfterTheOutputsIsNotTheOneBeforeTheCommit() {
        workAt(Instant.parse("2026-11-22T15:00:00Z"));
        List<String> marks = new ArrayList<>();

        site.worker(new HookedObjectStore.Hook() {
                    @Override
                    public <T> T around(String call, Supplier<T> called) {
                        T made = called.get();
                        if (call.startsWith("put consolidated/")) {
                            marks.add(site.bucket.head(MARK).orElseThrow().eTag());
                        }
                        return made;
                    }
                })
                .take(site.drop(Site.FIRST), Via.EVENT);

        assertThat(marks).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void noFaultLosesTheMark() {
        workAt(Instant.parse("2026-11-22T10:00:00Z"));
        int age = 20;
        for (int faultAt = 1; faultAt <= 20; faultAt++) {
            for (Fault fault : Fault.values()) {
                site.bucket.remove(MARK);
                SourceFile file = site.drop("name,age\nAda,36\nGrace," + age++ + "\n");
                try {
                    site.worker(new Script(site, 0, () -> {}, faultAt, fault)).take(file, Via.EVENT);
                } catch (Site.Crash crash) {
                    assertThat(crash).isNotNull();
                }
                if (site.bucket.head(Site.KEY).isEmpty()) {
                    assertThat(site.bucket.keys())
                            .as("%s at call %d", fault, faultAt)
                            .contains(MARK);
                }

                site.deliver(file);

                assertThat(site.bucket.keys())
                        .as("%s at call %d", fault, faultAt)
                        .contains(MARK);
            }
        }
    }

    private void workAt(Instant time) {
        site.clock = Clock.fixed(time, ZoneOffset.UTC);
    }

    /// A store that refuses every call of a kind, each time.
    private record Refusing(String kind) implements HookedObjectStore.Hook {

        @Override
        @SuppressWarnings("unchecked")
        public <T> T around(String call, Supplier<T> made) {
            return call.startsWith(kind + ' ') ? (T) Boolean.FALSE : made.get();
        }
    }
}
