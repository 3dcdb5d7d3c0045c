package dev.winnow.admin.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.redrive.Filter;
import dev.winnow.redrive.MoveTask;
import dev.winnow.redrive.Redrive;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedriveStateTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING",
        "CANCELLING, RUNNING",
        "CANCELLED, CANCELLED",
        "COMPLETED, DONE",
        "FAILED, DONE",
    })
    void aMoveOfTheQueueIsAsFarAsSqsSays(String told, Redrive.State state) {
        assertThat(of(Redrive.State.RUNNING, Optional.of(told))).isEqualTo(state);
    }

    @Test
    void aMoveThatSqsNoLongerKnowsHasEnded() {
        assertThat(of(Redrive.State.RUNNING, Optional.empty())).isEqualTo(Redrive.State.DONE);
    }

    @Test
    void aMoveThatAnOperatorCancelledIsSo() {
        assertThat(of(Redrive.State.CANCELLED, Optional.of("COMPLETED"))).isEqualTo(Redrive.State.CANCELLED);
    }

    private static Redrive.State of(Redrive.State state, Optional<String> told) {
        Redrive redrive = new Redrive(
                1,
                "r-1",
                "olga",
                Optional.empty(),
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                Optional.empty(),
                false,
                Optional.of("task"),
                List.of(),
                0,
                0,
                0,
                0,
                state,
                NOW,
                NOW);
        return RedriveState.of(
                        redrive,
                        Optional.empty(),
                        told.map(status -> new MoveTask.Progress(status, 7, Optional.empty(), Optional.empty())))
                .state();
    }
}
