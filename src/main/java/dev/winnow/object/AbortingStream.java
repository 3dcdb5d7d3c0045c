package dev.winnow.object;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object's body that gives its connection up when closed before its end, where the SDK would read on to the
/// end of what may be gigabytes.
final class AbortingStream extends FilterInputStream {

    private final ResponseInputStream<GetObjectResponse> body;
    private boolean ended;

    AbortingStream(ResponseInputStream<GetObjectResponse> body) {
        super(body);
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        int value = body.read();
        ended = value < 0;
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = body.read(buffer, offset, length);
        ended = count < 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            body.close();
        } else {
            body.abort();
        }
    }
}
