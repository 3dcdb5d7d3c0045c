package dev.winnow.object;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object's body that gives its connection up when closed before its end, where the SDK would read on to the
/// end of what may be gigabytes. Read up to its last byte, it leaves the connection to the next call.
final class AbortingStream extends FilterInputStream {

    private final ResponseInputStream<GetObjectResponse> body;
    private long left;

    AbortingStream(ResponseInputStream<GetObjectResponse> body) {
        super(body);
        this.body = body;
        Long length = body.response().contentLength();
        // Without a length nobody can tell the last byte, and the connection is given up.
        this.left = length == null ? Long.MAX_VALUE : length;
    }

    @Override
    public int read() throws IOException {
        int value = body.read();
        left -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = body.read(buffer, offset, length);
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        if (left == 0) {
            body.close();
        } else {
            body.abort();
        }
    }
}
