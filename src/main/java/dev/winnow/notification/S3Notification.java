package dev.winnow.notification;

import java.util.ArrayList;
import java.util.List;

/// S3's own notification, version 2.x: an object with any number of `Records`.
///
/// A minor version adds fields; another major one may change the meaning of any, so it is not guessed at. Stores
/// that imitate S3 leave the version out, or write the event's name with the prefix `s3:`.
final class S3Notification {

    private S3Notification() {}

    static List<Announcement> read(Place records) throws UnreadableException {
        if (!records.node().isArray() && !records.node().isNull()) {
            throw records.unreadable("is not a list");
        }
        var announcements = new ArrayList<Announcement>();
        for (int i = 0; i < records.node().size(); i++) {
            announcements.add(announcement(records.at(i)));
        }
        return announcements;
    }

    private static Announcement announcement(Place event) throws UnreadableException {
        Place version = event.at("eventVersion");
        if (version.text().filter(text -> !text.startsWith("2.")).isPresent()) {
            throw version.unreadable("is not 2.x, the only version that Winnow reads");
        }
        String name = event.at("eventName").requiredText();
        String bucket = event.at("s3").at("bucket").at("name").requiredText();
        Place object = event.at("s3").at("object");
        Place key = object.at("key");
        return new Announcement(
                bucket,
                FormEncoding.decode(key.requiredText()).orElseThrow(() -> key.unreadable("is not form-encoded UTF-8")),
                name.startsWith("ObjectCreated:") || name.startsWith("s3:ObjectCreated:"),
                Announcement.versionId(object.at("versionId")),
                Announcement.eTag(object.at("eTag")),
                object.at("size").size());
    }
}
