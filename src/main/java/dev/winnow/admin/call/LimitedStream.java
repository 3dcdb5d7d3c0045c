package dev.winnow.admin.call;

import jakarta.ws.rs.core.Response.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A call's body, as far as it is read: one that is longer is refused, whether or not its length was told.
public final class LimitedStream extends FilterInputStream {

    private final long most;
    private long left;

    /// A body of which no more than that is read.
    ///
    /// @param most in bytes, as they come over the wire
    public LimitedStream(InputStream body, long most) {
        super(body);
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            int count = in.read(buffer, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw tooLarge(most);
            }
            return count;
        } catch (IOException e) {
            throw ProblemException.of(Status.BAD_REQUEST, "Cannot read the body: it ended early");
        }
    }

    /// The refusal of a body that has more bytes than that.
    public static ProblemException tooLarge(long most) {
        return ProblemException.of(
                Status.REQUEST_ENTITY_TOO_LARGE, "Cannot read the body: it has more than " + most + " bytes");
    }
}
