package dev.winnow.notification;

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
        return new Announcement(
                detail.at("bucket").at("name").requiredText(),
                object.at("key").requiredText(),
                type.requiredText().equals("Object Created"),
                Announcement.versionId(object.at("version-id")),
                Announcement.eTag(object.at("etag")),
                object.at("size").size());
    }
}
