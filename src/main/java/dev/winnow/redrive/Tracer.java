package dev.winnow.redrive;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetters;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Gatherers;

/// Follows the letters of a redrive to where they are now.
///
/// Nothing is kept of it: each letter's entry is read when somebody asks, so it costs as many reads as the redrive has
/// letters, [Selector#MOST] at most.
@Singleton
public final class Tracer {

    private static final int AT_ONCE = 32;

    private final DeadLetters register;

    public Tracer(DeadLetters register) {
        this.register = register;
    }

    /// What became of the letters that the redrive has dealt with so far, those passed over included.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException when the bucket cannot be read
    public Aftermath trace(Redrive redrive) {
        return redrive.letters().stream()
                .limit(redrive.sent())
                .gather(Gatherers.mapConcurrent(AT_ONCE, this::trace))
                .reduce(Aftermath.NOTHING, Aftermath::plus);
    }

    private Aftermath trace(Redrive.Item item) {
        Optional<DeadLetter> entry = register.find(item.dataset().orElse(DeadLetter.MESSAGES), item.id());
        if (entry.isEmpty()) {
            return new Aftermath(1, 0, 0);
        }
        DeadLetter letter = entry.get();
        if (!letter.at().equals(item.at())) {
            return new Aftermath(0, 1, 0);
        }
        return switch (letter.state()) {
            case REDRIVEN -> new Aftermath(0, 0, 1);
            // Sent and lost without its mark: a message that names no file, and that has left the queue.
            case OPEN, DISCARDED -> Aftermath.NOTHING;
        };
    }
}
