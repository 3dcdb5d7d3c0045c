package dev.winnow.object;

import java.io.ByteArrayInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/// The first bytes of a buffer as a request's body, without copying them.
final class PartBody {

    private PartBody() {}

    static RequestBody of(byte[] buffer, int length) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(buffer, 0, length)),
                length,
                "application/octet-stream");
    }
}
