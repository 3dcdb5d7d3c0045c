package dev.winnow.queue;

import java.time.Duration;
import java.util.OptionalInt;

/// A queue as SQS describes it.
///
/// @param visibility      how long a received message stays hidden unless that is extended
/// @param maxReceiveCount after how many deliveries SQS itself moves a message to the dead-letter queue; none
///                        without a redrive policy
record Queue(String url, Duration visibility, OptionalInt maxReceiveCount) {

    /// Whether a delivery is the last one that the queue allows.
    boolean isLast(int receiveCount) {
        return maxReceiveCount.isPresent() && receiveCount >= maxReceiveCount.getAsInt();
    }
}
