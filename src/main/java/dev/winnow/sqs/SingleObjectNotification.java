package dev.winnow.sqs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.winnow.file.SourceFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A notification of S3's form 2.1 that names one object, so that a dead letter moved back to the queue, by Winnow or
/// by SQS itself, means just the file it was about:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>.
public final class SingleObjectNotification {

    private SingleObjectNotification() {}

    /// The body that names this file.
    public static String of(SourceFile file) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode object = json.objectNode()
                .put("key", URLEncoder.encode(file.key(), StandardCharsets.UTF_8))
                .put("size", file.size())
                .put("eTag", file.eTag());
        file.versionId().ifPresent(version -> object.put("versionId", version));
        ObjectNode event = json.objectNode()
                .put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("eventName", "ObjectCreated:Put");
        event.putObject("s3")
                .<ObjectNode>set("object", object)
                .putObject("bucket")
                .put("name", file.bucket());
        ObjectNode notification = json.objectNode();
        notification.putArray("Records").add(event);
        return notification.toString();
    }
}
