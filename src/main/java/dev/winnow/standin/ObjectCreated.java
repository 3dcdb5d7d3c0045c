package dev.winnow.standin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The news that an object came to be, and its wording as an S3 event notification of version 2.1.
///
/// @param event the last part of the event's name: `Put`, `Copy` or `CompleteMultipartUpload`
/// @param eTag  the entity tag, with or without its quotation marks
record ObjectCreated(String event, String region, String bucket, String key, long size, String eTag, Instant time) {

    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis() << 16);

    /// The message body. As in real ones the key is form-encoded except for its slashes, the ETag has no quotation
    /// marks, and a later event's sequencer is the greater string.
    String toJson() {
        return """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"%s","eventTime":"%s",\
                "eventName":"ObjectCreated:%s","userIdentity":{"principalId":"stand-in"},\
                "requestParameters":{"sourceIPAddress":"127.0.0.1"},\
                "responseElements":{"x-amz-request-id":"stand-in","x-amz-id-2":"stand-in"},\
                "s3":{"s3SchemaVersion":"1.0","configurationId":"stand-in",\
                "bucket":{"name":"%s","ownerIdentity":{"principalId":"stand-in"},"arn":"arn:aws:s3:::%s"},\
                "object":{"key":"%s","size":%d,"eTag":"%s","sequencer":"%016X"}}}]}""".formatted(
                        region,
                        time,
                        event,
                        bucket,
                        bucket,
                        URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"),
                        size,
                        eTag.replace("\"", ""),
                        SEQUENCE.incrementAndGet());
    }
}
