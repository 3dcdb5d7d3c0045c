package dev.winnow.queue;

import dev.winnow.notification.Command;

/// What the service does besides taking files in.
public interface Operations {

    /// Carries a command out, on the calling thread, from wherever an earlier delivery of it stopped.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException or [software.amazon.awssdk.core.exception.SdkException]
    /// when it is to be tried again later
    void carryOut(Command command);
}
