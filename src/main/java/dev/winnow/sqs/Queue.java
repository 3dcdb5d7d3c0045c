package dev.winnow.sqs;

import java.time.Duration;
import java.util.OptionalInt;

/// A queue as SQS describes it.
///
/// @param arn             by which SQS's own move tasks name it
/// @param visibility      how long a received message stays hidden unless that is extended
/// @param maxReceiveCount after how many deliveries SQS itself moves a message to the dead-letter queue; none
///                        without a redrive policy
public record Queue(String url, String arn, Duration visibility, OptionalInt maxReceiveCount) {

    /// The last segment of its URL.
    public String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /// Whether a delivery is the last one that the queue allows.
    public boolean isLast(int receiveCount) {
        return maxReceiveCount.isPresent() && receiveCount >= maxReceiveCount.getAsInt();
    }
}
