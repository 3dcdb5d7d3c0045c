package dev.winnow.standin;

import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A store that announces each object that arrives in the intake bucket under `incoming/`.
///
/// A failed announcement is logged and the object stays, as a lost event would leave it on real S3.
final class AnnouncingBlobStore extends ForwardingBlobStore {

    private static final Logger LOG = Logger.getLogger(AnnouncingBlobStore.class);

    private static final Pattern ARRIVING =
            Pattern.compile("-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");

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
        announce("Put", request.bucket(), request.key(), response.eTag());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse response = super.copyBlob(request);
        announce(
                "Copy",
                request.destinationBucket(),
                request.destinationKey(),
                response.copyObjectResult().eTag());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
        announce("CompleteMultipartUpload", request.bucket(), request.key(), response.eTag());
        return response;
    }

    /// Lists what is there without what is still arriving, which S3Proxy keeps beside it as `{key}-{random UUID}`.
    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request);
        List<S3Object> arrived = page.contents().stream()
                .filter(object -> !ARRIVING.matcher(object.key()).find())
                .toList();
        return page.toBuilder().contents(arrived).keyCount(arrived.size()).build();
    }

    private void announce(String event, String bucket, String key, String eTag) {
        if (!bucket.equals(settings.bucket()) || !key.startsWith(StandInSettings.INCOMING)) {
            return;
        }
        HeadObjectResponse object = blobMetadata(bucket, key);
        if (object == null) {
            LOG.debugf("Nothing to announce: %s is gone already", key);
            return;
        }
        ObjectCreated created = new ObjectCreated(
                event, settings.region(), bucket, key, object.contentLength(), eTag, object.lastModified());
        try {
            queue.accept(created.toJson());
        } catch (SdkException e) {
            LOG.errorf(e, "Cannot announce %s: the SQS stand-in did not take the event", key);
        }
    }
}
