package dev.winnow.ahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AheadTest {

    static Stream<Lanes> lanes() {
        return Stream.of(Lanes.ofCores(1), Lanes.ofCores(2), Lanes.ofCores(5), Lanes.ofCalls(1), Lanes.ofCalls(4));
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void resultsComeInTheOrderInWhichTheyWereAskedFor(Lanes lanes) {
        List<Integer> results = new ArrayList<>();
        try (Ahead<Integer> ahead = new Ahead<>(lanes, results::add)) {
            for (int i = 0; i < 1000; i++) {
                int number = i;
                ahead.ask(() -> number);
            }
            ahead.finish();
        }

        assertThat(results).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void noMoreResultsWaitThanMay(Lanes lanes) {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger passedOn = new AtomicInteger();
        try (Ahead<Integer> ahead = new Ahead<>(lanes, _ -> passedOn.incrementAndGet())) {
            for (int i = 1; i <= 100; i++) {
                ahead.ask(begun::incrementAndGet);
                assertThat(begun.get() - passedOn.get()).isLessThanOrEqualTo(lanes.most());
                assertThat(passedOn).hasValue(Math.max(0, i - lanes.most()));
            }
            ahead.finish();
        }

        assertThat(passedOn).hasValue(100);
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void whatWorkThrowsIsThrownWhereItsResultWouldHaveCome(Lanes lanes) {
        List<Integer> results = new ArrayList<>();
        try (Ahead<Integer> ahead = new Ahead<>(lanes, results::add)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            int number = i;
                            ahead.ask(() -> 7 / (number - 3) + number);
                        }
                        ahead.finish();
                    })
                    .isInstanceOf(ArithmeticException.class);
        }

        assertThat(results).hasSize(3);
    }

    @Test
    void withOneCoreTheAskerDoesAllTheWork() {
        Set<Thread> workers = workers(Lanes.ofCores(1), 50);

        assertThat(workers).containsExactly(Thread.currentThread());
    }

    @Test
    void otherCoresWorkWhileTheAskerDoesSomethingElse() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (Ahead<Integer> ahead = new Ahead<>(Lanes.ofCores(2), _ -> {})) {
            ahead.ask(() -> {
                done.countDown();
                return 1;
            });

            done.await();
        }
    }

    /// A file that waits for its turn would stop here if the asker only waited.
    @Test
    void theAskerWorksWhileAllOthersAreBusy() {
        Lanes lanes = Lanes.ofCores(2);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (Ahead<Integer> other = new Ahead<>(lanes, _ -> {})) {
            other.ask(() -> {
                busy.countDown();
                await().until(() -> over.getCount() == 0);
                return 1;
            });
            await().until(() -> busy.getCount() == 0);

            assertThat(workers(lanes, 50)).containsExactly(Thread.currentThread());
            over.countDown();
            other.finish();
        }
    }

    /// Two cores would take turns if the asker waited for the oldest while another core is at it.
    @Test
    void theAskerWorksAtLaterOnesWhileTheOldestIsInWorkElsewhere() {
        CountDownLatch begun = new CountDownLatch(1);
        List<Thread> workers = new ArrayList<>();
        CountDownLatch later = new CountDownLatch(1);
        List<Integer> results = new ArrayList<>();
        try (Ahead<Integer> ahead = new Ahead<>(Lanes.ofCores(2), results::add)) {
            ahead.ask(() -> {
                begun.countDown();
                await().until(() -> later.getCount() == 0);
                return 1;
            });
            await().until(() -> begun.getCount() == 0);
            ahead.ask(() -> {
                workers.add(Thread.currentThread());
                later.countDown();
                return 2;
            });
            ahead.finish();
        }

        assertThat(workers).containsExactly(Thread.currentThread());
        assertThat(results).containsExactly(1, 2);
    }

    @Test
    void whatIsGivenUpIsNotBegun() {
        AtomicInteger begun = new AtomicInteger();
        Ahead<Integer> ahead = new Ahead<>(Lanes.ofCores(1), _ -> {});
        ahead.ask(begun::incrementAndGet);
        ahead.close();

        assertThat(begun).hasValue(0);
    }

    private static Set<Thread> workers(Lanes lanes, int tasks) {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        try (Ahead<Boolean> ahead = new Ahead<>(lanes, _ -> {})) {
            for (int i = 0; i < tasks; i++) {
                ahead.ask(() -> workers.add(Thread.currentThread()));
            }
            ahead.finish();
        }
        return new HashSet<>(workers);
    }
}
