package dev.winnow.queue;

import dev.winnow.deadletter.Grounds;
import dev.winnow.notification.Command;
import java.util.Optional;

/// What the service does besides taking files in.
public interface Operations {

    /// Carries a command out, on the calling thread, from wherever an earlier delivery of it stopped.
    ///
    /// @return why it is given up, when trying again cannot help
    /// @throws RuntimeException of the store or of SQS, when it is to be tried again later
    Optional<Grounds> carryOut(Command command);
}
