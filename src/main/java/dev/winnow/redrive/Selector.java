package dev.winnow.redrive;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetter.State;
import dev.winnow.deadletter.DeadLetterIndex;
import dev.winnow.deadletter.RedriveConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Finds out which dead letters an order means. It looks at the register and never at the queue.
@Singleton
public final class Selector {

    /// The most letters of one redrive; more take another one.
    public static final int MOST = 10_000;

    /// A letter that was sent back so long ago without coming to an end may be sent back once more.
    private static final Duration UNDER_WAY = Duration.ofHours(1);

    private final DeadLetterIndex index;
    private final int budget;
    private final Clock clock;

    public Selector(DeadLetterIndex index, RedriveConfig config, Clock clock) {
        this.index = index;
        this.budget = config.budget();
        this.clock = clock;
    }

    /// What the order means now.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException when the bucket cannot be read
    public Selection select(Order order) {
        DeadLetterIndex.Look look = index.look();
        Instant earlier = clock.instant().minus(UNDER_WAY);
        int most = Math.min(order.most().orElse(MOST), MOST);
        List<DeadLetter> chosen = new ArrayList<>();
        int overBudget = 0;
        int underWay = 0;
        int left = 0;
        for (DeadLetter letter : look.letters().reversed()) {
            if (letter.state() == State.DISCARDED || !order.filter().matches(letter)) {
                continue;
            }
            if (letter.redriven().filter(it -> it.at().isAfter(earlier)).isPresent()) {
                underWay++;
            } else if (letter.redrives() >= budget && !order.resetBudget()) {
                overBudget++;
            } else if (chosen.size() == most) {
                left++;
            } else {
                chosen.add(letter);
            }
        }
        return new Selection(chosen, overBudget, underWay, left, look.exact());
    }
}
