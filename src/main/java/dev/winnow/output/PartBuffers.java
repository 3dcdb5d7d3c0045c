package dev.winnow.output;

import dev.winnow.object.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// The memory for the parts of outputs, of which all files in work have no more than these buffers.
///
/// A file takes the two that it must have, one for each outcome, at once and before either is filled, and asks for
/// nothing more that it could not do without: so whoever has some can go on to its end, and whoever waits has none.
/// What makes a file faster still is taken from what is left over while half of them are free.
public final class PartBuffers {

    private static final int OUTCOMES = 2;

    private final int partSize;
    private final int count;
    private final Semaphore free;
    private final Queue<byte[]> idle = new ConcurrentLinkedQueue<>();

    /// @param partSize the size of each, in bytes
    /// @param count    how many there are; at least as many as one file must have
    public PartBuffers(int partSize, int count) {
        this.partSize = partSize;
        this.count = Math.max(OUTCOMES, count);
        this.free = new Semaphore(this.count, true);
    }

    /// The size of each, in bytes.
    public int partSize() {
        return partSize;
    }

    /// How many there are.
    public int count() {
        return count;
    }

    /// What one file will have of them: nothing yet.
    Lease lease() {
        return new Lease();
    }

    /// What one file has.
    final class Lease implements AutoCloseable {

        private final List<byte[]> handedOut = new ArrayList<>();
        private int taken;

        private Lease() {}

        /// The buffer of one more outcome; waits until there are two for the file.
        synchronized byte[] own() {
            if (taken == 0) {
                try {
                    free.acquire(OUTCOMES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StoreUnavailableException("Cannot wait for memory: interrupted", e);
                }
                taken = OUTCOMES;
            }
            return handOut();
        }

        /// One more buffer, if it is there to spare.
        synchronized Optional<byte[]> spare() {
            if (!free.tryAcquire()) {
                return Optional.empty();
            }
            taken++;
            return Optional.of(handOut());
        }

        /// One more buffer, if others would not soon miss it.
        Optional<byte[]> surplus() {
            return free.availablePermits() > count / 2 ? spare() : Optional.empty();
        }

        private byte[] handOut() {
            byte[] used = idle.poll();
            byte[] buffer = used == null ? new byte[partSize] : used;
            handedOut.add(buffer);
            return buffer;
        }

        /// Lets others have what the file had, of which nothing may be in use any more.
        @Override
        public synchronized void close() {
            idle.addAll(handedOut);
            handedOut.clear();
            free.release(taken);
            taken = 0;
        }
    }
}
