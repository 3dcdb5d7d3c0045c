package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
final class AtOnceTest {

    private static final AtOnce THREADS = AtOnce::onThreads;

    private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

    static List<AtOnce> everyWay() {
        return List.of(THREADS, InTurn.FORWARDS, InTurn.BACKWARDS);
    }

    /// Each call waits for the others, so one after another they would not end.
    @Test
    void onThreadsAllCallsAreUnderWayTogether() {
        CountDownLatch met = new CountDownLatch(3);
        Supplier<Boolean> call = () -> {
            met.countDown();
            try {
                return met.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        assertThat(THREADS.all(List.of(call, call, call))).containsExactly(true, true, true);
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void resultsStandInTheCallsOrder(AtOnce way) {
        assertThat(way.all(List.of(() -> "one", () -> "two", () -> "three"))).containsExactly("one", "two", "three");
        assertThat(way.all(List.of())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void everyCallIsMadeWhateverBecomesOfTheOthersAndTheFirstFailureIsTold(AtOnce way) {
        assertThatThrownBy(() -> way.each(List.of(
                        () -> ended.add("a"),
                        () -> fail("b"),
                        () -> ended.add("c"),
                        () -> fail("d"),
                        () -> ended.add("e"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Cannot do b")
                .satisfies(it -> assertThat(it.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("Cannot do d"));

        assertThat(ended).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void oneFailureOfTwoCallsIsToldOnce() {
        StoreUnavailableException failure = new StoreUnavailableException("Cannot reach it");
        Runnable failing = () -> {
            throw failure;
        };

        assertThatThrownBy(() -> THREADS.each(List.of(failing, failing))).isSameAs(failure);
    }

    @Test
    void whoeverIsInterruptedStaysSoAndLeavesNoCallBehind() {
        Runnable slow = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                fail("slow");
            }
        };
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> THREADS.each(List.of(slow, () -> ended.add("b"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Cannot do slow");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).containsExactlyInAnyOrder("slow", "b");
    }

    private void fail(String name) {
        ended.add(name);
        throw new StoreUnavailableException("Cannot do " + name);
    }
}
