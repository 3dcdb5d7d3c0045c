package dev.winnow.standin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// S3 in this JVM: S3Proxy over a folder or over memory, open to signed and unsigned requests alike.
final class ObjectStoreStandIn {

    /// Lets the console's page, which comes from another port, upload by signed URL.
    private static final CrossOriginResourceSharing PAGES = new CrossOriginResourceSharing(
            List.of("http://localhost:.*", "http://127\\.0\\.0\\.1:.*"),
            List.of("GET", "PUT"),
            List.of("content-type", "if-none-match"),
            List.of("ETag"),
            "");

    private final S3Proxy server;
    private final BlobStore store;
    private final StandInSettings settings;

    private ObjectStoreStandIn(S3Proxy server, BlobStore store, StandInSettings settings) {
        this.server = server;
        this.store = store;
        this.settings = settings;
    }

    /// Starts the server.
    ///
    /// @param queue takes the event of each new object under `incoming/`
    static ObjectStoreStandIn start(StandInSettings settings, Consumer<String> queue) throws Exception {
        BlobStore store = new AnnouncingBlobStore(files(settings), settings, queue);
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + settings.s3Port()))
                .ignoreUnknownHeaders(true)
                .corsRules(PAGES)
                .stopTimeout(0)
                .build();
        server.start();
        return new ObjectStoreStandIn(server, store, settings);
    }

    /// Makes the bucket if it is not there, and tells whether it was missing.
    boolean makeBucket() {
        if (store.containerExists(settings.bucket())) {
            return false;
        }
        store.createContainer(settings.bucket());
        return true;
    }

    /// Stores an object in the bucket as a sender would, announcement included.
    void put(String key, byte[] content) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(key)
                .contentLength((long) content.length)
                .contentType("text/csv")
                .build();
        store.putBlob(request, new ByteArrayInputStream(content));
    }

    void stop() throws Exception {
        server.stop();
    }

    private static BlobStore files(StandInSettings settings) throws IOException {
        if (settings.data().isEmpty()) {
            return new TransientNio2BlobStore();
        }
        Path folder = Files.createDirectories(settings.data().get().resolve("s3"));
        return new FilesystemNio2BlobStore(folder.toString());
    }
}
