package dev.winnow.consolidation;

import dev.winnow.file.SourceFile;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// An object being put together from bytes that are gathered here and ranges that the store copies by itself;
/// nobody sees it until it is completed.
final class Assembly extends OutputStream {

    private static final int FIRST_BUFFER = 1 << 16;

    private static final Logger LOG = Logger.getLogger(Assembly.class);

    private final ObjectStore store;
    private final String key;
    private final PartPlan plan;
    private final String uploadId;
    private final List<String> parts = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    private long size;
    private boolean completed;

    Assembly(ObjectStore store, String key, Map<String, String> metadata, PartPlan plan) {
        this.store = store;
        this.key = key;
        this.plan = plan;
        this.uploadId = store.startUpload(key, "text/csv; charset=utf-8", metadata);
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
            if (filled == plan.gathered()) {
                send();
            }
            int count = Math.min(left, plan.gathered() - filled);
            if (filled + count > buffer.length) {
                int room = (int) Math.min(plan.gathered(), Math.max(2L * buffer.length, filled + count));
                buffer = Arrays.copyOf(buffer, room);
            }
            System.arraycopy(bytes, from, buffer, filled, count);
            filled += count;
            from += count;
            left -= count;
        }
        size += length;
    }

    /// How many bytes must still be written before a range can be copied: the part in work must be full enough to
    /// be sent before it.
    int lacking() {
        return filled == 0 ? 0 : Math.max(0, plan.smallest() - filled);
    }

    /// Appends a range of an object's bytes, at least as many as a part must have.
    ///
    /// @throws dev.winnow.object.SourceLostException when the object is gone or was overwritten
    void copy(SourceFile from, long first, long length) {
        if (filled > 0) {
            send();
        }
        long ranges = (length + plan.range() - 1) / plan.range();
        for (long range = 0; range < ranges; range++) {
            long start = length * range / ranges;
            long end = length * (range + 1) / ranges;
            parts.add(store.copyPart(from, first + start, end - start, key, uploadId, number()));
        }
        size += length;
    }

    /// How many bytes went in.
    long size() {
        return size;
    }

    /// Puts the object in place, on condition of what it replaces.
    ///
    /// @return false when something else stands at the key
    boolean complete(Optional<String> replaces) {
        if (filled > 0) {
            send();
        }
        completed = store.completeUploadIfMatch(key, uploadId, parts, replaces);
        return completed;
    }

    /// Gives the upload up unless it was completed. An abort that fails leaves it to the bucket's lifecycle rule.
    @Override
    public void close() {
        if (!completed) {
            try {
                store.abortUpload(key, uploadId);
            } catch (StoreUnavailableException e) {
                LOG.debugf(e, "The upload of %s could not be given up", key);
            }
        }
    }

    private void send() {
        parts.add(store.uploadPart(key, uploadId, number(), buffer, filled));
        filled = 0;
    }

    private int number() {
        if (parts.size() == PartPlan.MOST_PARTS) {
            throw new IncompleteException(
                    "Cannot put " + key + " together: it would have more than " + PartPlan.MOST_PARTS + " parts");
        }
        return parts.size() + 1;
    }
}
