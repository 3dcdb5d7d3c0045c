package dev.winnow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PlanTest {

    private static final Duration BEGIN = Duration.ofDays(-3);

    private final Plan plan = new Plan();
    private Duration now = BEGIN;

    @Test
    void workIsToldAtOnceAndOnlyOnce() {
        assertThat(plan.due(now, 0)).isEqualTo(Due.NOTHING);
        assertThat(plan.due(now, 1)).isEqualTo(Due.PROTECT);
        plan.told(now, Due.PROTECT);
        assertThat(plan.due(after(1), 7)).isEqualTo(Due.NOTHING);
    }

    @Test
    void workThatGoesOnRenewsTheProtectionBeforeItExpires() {
        plan.told(now, Due.PROTECT);

        assertThat(plan.due(after(299), 1)).isEqualTo(Due.NOTHING);
        assertThat(plan.due(after(1), 1)).isEqualTo(Due.PROTECT);
        plan.told(now, Due.PROTECT);
        assertThat(plan.due(after(299), 1)).isEqualTo(Due.NOTHING);
    }

    @Test
    void endOfWorkIsToldAfterAQuietTime() {
        plan.told(now, Due.PROTECT);
        assertThat(plan.due(after(100), 1)).isEqualTo(Due.NOTHING);

        assertThat(plan.due(after(9), 0)).isEqualTo(Due.NOTHING);
        assertThat(plan.due(after(1), 0)).isEqualTo(Due.RELEASE);
        plan.told(now, Due.RELEASE);
        assertThat(plan.due(after(1000), 0)).isEqualTo(Due.NOTHING);
    }

    @Test
    void workThatComesOneByOneMakesFourCallsAMinute() {
        int calls = 0;
        // A message is in hand for one second of every twelve, for ten minutes.
        for (int second = 0; second < 600; second++) {
            Due due = plan.due(after(1), second % 12 == 0 ? 1 : 0);
            if (due != Due.NOTHING) {
                calls++;
                plan.told(now, due);
            }
        }
        assertThat(calls).isBetween(20, 40);
    }

    @Test
    void failureIsTriedAgainAfterAPause() {
        assertThat(plan.due(now, 1)).isEqualTo(Due.PROTECT);
        plan.failed(now);

        assertThat(plan.due(after(29), 1)).isEqualTo(Due.NOTHING);
        assertThat(plan.due(after(1), 1)).isEqualTo(Due.PROTECT);
    }

    @Test
    void releaseThatFailedIsTriedAgain() {
        plan.told(now, Due.PROTECT);
        assertThat(plan.due(after(60), 0)).isEqualTo(Due.RELEASE);
        plan.failed(now);

        assertThat(plan.due(after(30), 0)).isEqualTo(Due.RELEASE);
    }

    private Duration after(int seconds) {
        now = now.plusSeconds(seconds);
        return now;
    }
}
