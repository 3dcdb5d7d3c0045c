package dev.winnow.output;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.file.Sha256;
import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.telemetry.Bug;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;

/// A multipart upload being filled and left pending: bytes go in, full parts go out.
///
/// It is started with its first part, so one of few bytes makes no call before its end. While parts are on their way
/// the next is being filled, if there is memory for it: only as many as S3 is slow to take.
final class PendingUpload extends OutputStream {

    /// S3's limit on parts: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>.
    private static final int MOST_PARTS = 10_000;

    /// How many parts may be on their way beside the one being filled. One would have an output wait for S3 wherever a
    /// round trip takes as long as to fill a part.
    private static final int MOST_ON_THEIR_WAY = 3;

    private static final int FIRST_BUFFER = 1 << 16;

    /// Up to here a buffer is the upload's own; beyond, it is one of those that all files in work share.
    private static final int LARGEST_OWN_BUFFER = 1 << 19;

    private static final Logger LOG = Logger.getLogger(PendingUpload.class);

    private final ObjectStore store;
    private final String key;
    private final PartBuffers.Lease lease;
    private final int partSize;
    private final FutureTask<String> started;
    private final MessageDigest sha256 = Sha256.digest();
    private final List<FutureTask<String>> parts = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private final Queue<Sent> onTheirWay = new ArrayDeque<>();
    private int filled;
    private long size;

    /// @param lease of buffers that are as long as a part
    PendingUpload(
            ObjectStore store,
            String key,
            String contentType,
            Map<String, String> metadata,
            int partSize,
            PartBuffers.Lease lease) {
        this.store = store;
        this.key = key;
        this.partSize = partSize;
        this.lease = lease;
        this.started = new FutureTask<>(() -> store.startUpload(key, contentType, metadata));
    }

    String key() {
        return key;
    }

    /// The upload's id; called after [#finish].
    String uploadId() {
        return AtOnce.result(started);
    }

    /// How many bytes went in.
    long size() {
        return size;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == partSize) {
                sendFull();
            }
            int count = Math.min(left, partSize - filled);
            if (filled + count > buffer.length) {
                grow(filled + count);
            }
            System.arraycopy(bytes, from, buffer, filled, count);
            filled += count;
            from += count;
            left -= count;
        }
        // Here, while the bytes are still in the processor's cache.
        sha256.update(bytes, offset, length);
        size += length;
    }

    /// Sends what is left, on the calling thread; then the store has every part.
    ///
    /// @return the parts' ETags in order
    List<String> finish() {
        if (filled > 0) {
            nextPart().run();
        }
        return parts.stream().map(AtOnce::result).toList();
    }

    /// The SHA-256 of all bytes, hexadecimal; called once, after [#finish].
    String sha256() {
        return Sha256.hex(sha256);
    }

    /// Gives the upload up. Parts still on their way are waited for, since they would outlive the abort; whether they
    /// arrived does not matter any more. An abort that fails leaves the upload to the bucket's lifecycle rule.
    void abort() {
        for (Sent sent : onTheirWay) {
            try {
                sent.part.get();
            } catch (ExecutionException e) {
                LOG.debugf(Bug.of(e), "A part of %s failed before its upload was given up", key);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (started.state() != FutureTask.State.SUCCESS) {
            return;
        }
        try {
            store.abortUpload(key, started.resultNow());
        } catch (StoreUnavailableException e) {
            LOG.debugf(e, "The upload of %s could not be given up", key);
        }
    }

    private void grow(int least) {
        int length = Math.min(partSize, Math.max(buffer.length * 2, least));
        byte[] larger = length <= LARGEST_OWN_BUFFER ? new byte[length] : lease.own();
        System.arraycopy(buffer, 0, larger, 0, filled);
        buffer = larger;
    }

    /// Sends a full buffer: beside the next one's filling, or at once where there is no other to fill. What an earlier
    /// part failed with is thrown when its buffer is wanted.
    private void sendFull() {
        Optional<byte[]> spare = spare();
        FutureTask<String> part = nextPart();
        if (spare.isEmpty() && onTheirWay.isEmpty()) {
            part.run();
            AtOnce.result(part);
            return;
        }
        Thread.ofVirtual().name("part " + parts.size()).start(part);
        onTheirWay.add(new Sent(part, buffer));
        buffer = spare.orElseGet(() -> onTheirWay.remove().arrived());
    }

    /// A buffer that can be filled at once, if there is one: that of the oldest part once it has arrived, and before
    /// that another, as far as there may be more and there is memory for it.
    private Optional<byte[]> spare() {
        Sent oldest = onTheirWay.peek();
        if (oldest != null && oldest.part.isDone()) {
            return Optional.of(onTheirWay.remove().arrived());
        }
        if (onTheirWay.size() == MOST_ON_THEIR_WAY) {
            return Optional.empty();
        }
        if (partSize <= LARGEST_OWN_BUFFER) {
            return Optional.of(new byte[partSize]);
        }
        return oldest == null ? lease.spare() : lease.surplus();
    }

    /// Takes what is filled for the next part.
    private FutureTask<String> nextPart() {
        if (parts.size() == MOST_PARTS) {
            throw new PoisonFileException(
                    Reason.OUTPUT_LIMIT,
                    "Cannot write an output of more than " + MOST_PARTS + " parts of " + partSize
                            + " bytes: split the file, or raise winnow.output.part-size");
        }
        byte[] full = buffer;
        int length = filled;
        int number = parts.size() + 1;
        FutureTask<String> part = new FutureTask<>(() -> store.uploadPart(key, start(), number, full, length));
        parts.add(part);
        filled = 0;
        return part;
    }

    private String start() {
        started.run();
        return AtOnce.result(started);
    }

    /// A part on its way, and its buffer, which is free again once it has arrived.
    @SuppressWarnings("ArrayRecordComponent") // They are never compared.
    private record Sent(FutureTask<String> part, byte[] buffer) {

        /// The buffer, once the part has arrived.
        byte[] arrived() {
            AtOnce.result(part);
            return buffer;
        }
    }
}
