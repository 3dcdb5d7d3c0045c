package dev.winnow.object;

import dev.winnow.file.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/// A file's content as one stream that outlives its connections: when one breaks, the next goes on at the same
/// byte, on condition that the content is still the same.
///
/// It ends only after as many bytes as the file has. Its faults are unchecked ([SourceLostException],
/// [StoreUnavailableException]), so that an [IOException] above it always means that the content itself is
/// damaged.
public final class SourceStream extends InputStream {

    /// How many connections in a row may bring no byte before the store counts as unavailable.
    private static final int FRUITLESS_CONNECTIONS = 3;

    private final ObjectStore store;
    private final SourceFile file;
    private final Instant lastModified;
    private InputStream connection;
    private long position;
    private int fruitless;

    /// Opens the file.
    ///
    /// @throws SourceLostException when the content is gone or was overwritten
    public SourceStream(ObjectStore store, SourceFile file) {
        this.store = store;
        this.file = file;
        OpenObject opened = store.open(file, 0);
        this.lastModified = opened.lastModified();
        this.connection = opened.body();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (position < file.size()) {
            try {
                int count = connection.read(buffer, offset, length);
                if (count > 0) {
                    position += count;
                    fruitless = 0;
                    return count;
                }
                reconnect(new EOFException("the connection ended early"));
            } catch (IOException e) {
                reconnect(e);
            }
        }
        return -1;
    }

    /// When the content was put at its key, by the store's clock.
    public Instant lastModified() {
        return lastModified;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void reconnect(IOException fault) {
        try {
            connection.close();
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
        fruitless++;
        if (fruitless > FRUITLESS_CONNECTIONS) {
            throw new StoreUnavailableException(
                    "Cannot read " + file.key() + ": the connection broke at byte " + position, fault);
        }
        connection = store.open(file, position).body();
    }
}
