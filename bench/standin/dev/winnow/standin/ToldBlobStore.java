package dev.winnow.standin;

import java.io.InputStream;
import java.io.PrintStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// A store that tells of each object from when on it can be read, and of each that was removed, one a line:
/// `+` or `-`, the nanoseconds of the machine's monotonic clock, bucket, key.
///
/// Nobody has to ask for an object again and again to learn when it appeared, which would cost the cores that the
/// engines run on.
final class ToldBlobStore extends ForwardingBlobStore {

    private final PrintStream to;

    ToldBlobStore(BlobStore store, PrintStream to) {
        super(store);
        this.to = to;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        PutObjectResponse response = super.putBlob(request, payload);
        tell('+', request.bucket(), request.key());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse response = super.copyBlob(request);
        tell('+', request.destinationBucket(), request.destinationKey());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
        tell('+', request.bucket(), request.key());
        return response;
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        DeleteObjectResponse response = super.removeBlob(request);
        tell('-', request.bucket(), request.key());
        return response;
    }

    private void tell(char what, String bucket, String key) {
        // One call, so that lines of several threads do not mix.
        to.println(what + " " + System.nanoTime() + " " + bucket + " " + key);
        to.flush();
    }
}
