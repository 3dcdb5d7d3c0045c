package dev.winnow.queue;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/// The places at which messages are worked on, first come, first served. A large file waits until fewer than
/// [Capacity#large] are in work, and has no place meanwhile, so that small ones pass it.
@Singleton
final class Places {

    private final Capacity capacity;
    private final Semaphore all;
    private final Semaphore large;

    Places(Capacity capacity) {
        this.capacity = capacity;
        this.all = new Semaphore(capacity.messages(), true);
        this.large = new Semaphore(capacity.large(), true);
    }

    /// A place until it is left.
    interface Place extends AutoCloseable {

        @Override
        void close();
    }

    /// Waits for a place.
    ///
    /// @param size of the file that is to be worked on there, in bytes
    Place take(long size) {
        if (!capacity.isLarge(size)) {
            all.acquireUninterruptibly();
            return all::release;
        }
        large.acquireUninterruptibly();
        all.acquireUninterruptibly();
        return () -> {
            all.release();
            large.release();
        };
    }
}
