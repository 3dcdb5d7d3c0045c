package dev.winnow.output;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.file.Sha256;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.telemetry.Bug;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;

/// A multipart upload being filled and left pending: bytes go in, full parts go out.
///
/// While one part is on its way the next is being filled, so at most two are in memory.
final class PendingUpload extends OutputStream {

    /// S3's limit on parts: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>.
    private static final int MOST_PARTS = 10_000;

    private static final int FIRST_BUFFER = 1 << 16;

    private static final Logger LOG = Logger.getLogger(PendingUpload.class);

    private final ObjectStore store;
    private final String key;
    private final String uploadId;
    private final int partSize;
    private final MessageDigest sha256 = Sha256.digest();
    private final List<FutureTask<String>> parts = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private byte[] spare = new byte[0];
    private int filled;
    private long size;

    PendingUpload(ObjectStore store, String key, String contentType, Map<String, String> metadata, int partSize) {
        this.store = store;
        this.key = key;
        this.partSize = partSize;
        this.uploadId = store.startUpload(key, contentType, metadata);
    }

    String key() {
        return key;
    }

    String uploadId() {
        return uploadId;
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
                send();
            }
            int count = Math.min(left, partSize - filled);
            if (filled + count > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(partSize, Math.max(buffer.length * 2, filled + count)));
            }
            System.arraycopy(bytes, from, buffer, filled, count);
            filled += count;
            from += count;
            left -= count;
        }
        size += length;
    }

    /// Sends what is left and waits until the store has every part.
    ///
    /// @return the parts' ETags in order
    List<String> finish() {
        if (filled > 0) {
            send();
        }
        return parts.stream().map(PendingUpload::eTag).toList();
    }

    /// The SHA-256 of all bytes, hexadecimal; called once, after [#finish].
    String sha256() {
        return Sha256.hex(sha256);
    }

    /// Gives the upload up. A part still on its way is waited for, since it would outlive the abort; whether it
    /// arrived does not matter any more. An abort that fails leaves the upload to the bucket's lifecycle rule.
    void abort() {
        if (!parts.isEmpty()) {
            try {
                parts.getLast().get();
            } catch (ExecutionException e) {
                LOG.debugf(Bug.of(e), "A part of %s failed before its upload was given up", key);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            store.abortUpload(key, uploadId);
        } catch (StoreUnavailableException e) {
            LOG.debugf(e, "The upload of %s could not be given up", key);
        }
    }

    private void send() {
        if (parts.size() == MOST_PARTS) {
            throw new PoisonFileException(
                    Reason.OUTPUT_LIMIT,
                    "Cannot write an output of more than " + MOST_PARTS + " parts of " + partSize
                            + " bytes: split the file, or raise winnow.output.part-size");
        }
        if (!parts.isEmpty()) {
            eTag(parts.getLast());
        }
        sha256.update(buffer, 0, filled);
        byte[] full = buffer;
        int length = filled;
        int number = parts.size() + 1;
        FutureTask<String> part = new FutureTask<>(() -> store.uploadPart(key, uploadId, number, full, length));
        parts.add(part);
        Thread.ofVirtual().name("part " + number).start(part);
        buffer = spare.length > 0 ? spare : new byte[FIRST_BUFFER];
        spare = full;
        filled = 0;
    }

    private static String eTag(FutureTask<String> part) {
        try {
            return part.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException("Cannot upload a part", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Cannot upload a part: interrupted", e);
        }
    }
}
