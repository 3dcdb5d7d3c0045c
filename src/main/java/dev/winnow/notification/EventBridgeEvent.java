package dev.winnow.notification;

import java.nio.charset.StandardCharsets;

/// S3's event as EventBridge delivers it: one object a message.
///
/// EventBridge does not encode keys, so a `+` or `%20` belongs to the object's name.
final class EventBridgeEvent {

    private EventBridgeEvent() {}

    static Announcement read(Place body) throws UnreadableException {
        Place source = body.at("source");
        if (!source.requiredText().equals("aws.s3")) {
            throw source.unreadable("is not aws.s3");
        }
        Place type = body.at("detail-type");
        if (!type.requiredText().startsWith("Object ")) {
            throw type.unreadable("is not one of S3's object events");
        }
        Place detail = body.at("detail");
        Place object = detail.at("object");
        String bucket = detail.at("bucket").at("name").requiredText();
        Place key = object.at("key");
        // Half a surrogate pair would be sent to S3 as a question mark: the name of another object.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key.requiredText())) {
            throw key.unreadable("is not Unicode text");
        }
        return new Announcement(
                bucket,
                key.requiredText(),
                type.requiredText().equals("Object Created"),
                Announcement.versionId(object.at("version-id")),
                Announcement.eTag(object.at("etag")),
                object.at("size").size());
    }
}
