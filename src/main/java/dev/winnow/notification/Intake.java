package dev.winnow.notification;

import dev.winnow.file.SourceFile;
import dev.winnow.notification.ObjectEvent.Created;
import dev.winnow.notification.ObjectEvent.Ignored;
import dev.winnow.notification.ObjectEvent.Incomplete;
import dev.winnow.notification.ObjectEvent.Why;

/// The place from which files are taken in, and so the judge of which announcements concern this service.
///
/// @param bucket the one bucket
/// @param prefix what every file's key begins with, ending in `/`
record Intake(String bucket, String prefix) {

    Intake {
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("Cannot take files in: the bucket has no name");
        }
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("Cannot take files in: the incoming prefix does not end in /");
        }
    }

    /// The meaning of an announcement; where several reasons to ignore it hold, the one that reaches furthest.
    ObjectEvent judge(Announcement it) {
        if (!it.bucket().equals(bucket)) {
            return new Ignored(it.key(), Why.FOREIGN_BUCKET);
        }
        if (!it.creation()) {
            return new Ignored(it.key(), Why.NOT_A_CREATION);
        }
        if (!it.key().startsWith(prefix)) {
            return new Ignored(it.key(), Why.FOREIGN_PREFIX);
        }
        if (it.key().endsWith("/")) {
            return new Ignored(it.key(), Why.FOLDER_MARKER);
        }
        if (it.eTag().isEmpty() || it.size().isEmpty()) {
            return new Incomplete(bucket, it.key(), it.versionId());
        }
        return new Created(new SourceFile(
                bucket, it.key(), it.versionId(), it.eTag().get(), it.size().getAsLong()));
    }
}
