package dev.winnow.standin;

import java.io.InputStream;
import java.util.function.Consumer;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// A store that announces each object that arrives in the intake bucket under `incoming/`.
///
/// A failed announcement is logged and the object stays, as a lost event would leave it on real S3.
final class AnnouncingBlobStore extends ForwardingBlobStore {

    private static final Logger LOG = Logger.getLogger(AnnouncingBlobStore.class);

    private final StandInSettings settings;
    private final Consumer<String> queue;

    AnnouncingBlobStore(BlobStore store, StandInSettings settings, Consumer<String> queue) {
        super(store);
        this.settings = settings;
        this.queue = queue;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        PutObjectResponse response = super.putBlob(request, payload);
        announce("Put", request.bucket(), request.key());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse response = super.copyBlob(request);
        announce("Copy", request.destinationBucket(), request.destinationKey());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
        announce("CompleteMultipartUpload", request.bucket(), request.key());
        return response;
    }

    private void announce(String event, String bucket, String key) {
        if (!bucket.equals(settings.bucket()) || !key.startsWith(StandInSettings.INCOMING)) {
            return;
        }
        HeadObjectResponse object = blobMetadata(bucket, key);
        ObjectCreated created = new ObjectCreated(
                event, settings.region(), bucket, key, object.contentLength(), object.eTag(), object.lastModified());
        try {
            queue.accept(created.toJson());
        } catch (SdkException e) {
            LOG.errorf(e, "Cannot announce %s: the SQS stand-in did not take the event", key);
        }
    }
}
