package dev.winnow.queue;

import dev.winnow.output.PartBuffers;

/// How much this process takes on at once.
///
/// @param messages  how many are in work at once
/// @param large     how many of them may be about large files, so that these never have all the places
/// @param largeFrom from how many bytes on a file is large
/// @param why       what that follows from
public record Capacity(int messages, int large, long largeFrom, String why) {

    /// Beyond that a file fills more than two parts of each output.
    private static final int PARTS_OF_A_LARGE_FILE = 4;

    /// Small files wait for S3 most of the time, so many a core keep it busy.
    private static final int MESSAGES_A_CORE = 8;

    /// A small file in work takes some MiB, of which most is garbage soon.
    private static final long HEAP_A_MESSAGE = 16L << 20;

    /// With fewer buffers a large file waits for each of its parts.
    private static final int BUFFERS_OF_A_LARGE_FILE = 4;

    /// What the configuration says, or else what cores and heap allow.
    public static Capacity of(QueueConfig config, PartBuffers buffers, int cores, long heap) {
        long allowed = Math.clamp(Math.min((long) MESSAGES_A_CORE * cores, heap / HEAP_A_MESSAGE), 2, 1000);
        int messages = config.concurrency().orElse((int) allowed);
        int large = Math.max(1, Math.min(Math.min(cores, messages / 2), buffers.count() / BUFFERS_OF_A_LARGE_FILE));
        String why = "%s, %d cores, %d MiB of heap, %d part buffers of %d MiB"
                .formatted(
                        config.concurrency().isPresent() ? "winnow.concurrency" : "no winnow.concurrency",
                        cores,
                        heap >> 20,
                        buffers.count(),
                        buffers.partSize() >> 20);
        return new Capacity(messages, large, (long) PARTS_OF_A_LARGE_FILE * buffers.partSize(), why);
    }

    /// Whether a file of so many bytes is large.
    boolean isLarge(long size) {
        return size > largeFrom;
    }
}
