package dev.winnow.notification;

import dev.winnow.file.SourceFile;
import java.util.Optional;

/// What one event means for the object it names.
public sealed interface ObjectEvent {

    /// The object's key, decoded.
    String key();

    /// A file was dropped, and the event says enough to know which.
    record Created(SourceFile file) implements ObjectEvent {

        @Override
        public String key() {
            return file.key();
        }
    }

    /// A file was dropped, but the event lacks its ETag or size: S3 must be asked which content it is.
    ///
    /// Amazon S3 always sends both; some S3-compatible stores and hand-made events leave one out.
    record Incomplete(String bucket, String key, Optional<String> versionId) implements ObjectEvent {}

    /// The event is not for this service: it is acknowledged and counted, nothing else.
    record Ignored(String key, Why why) implements ObjectEvent {}

    /// Why an event is ignored. The code is the same word in the metric tag, the log and the runbook.
    enum Why {
        /// The key ends in `/`: what consoles create to show an empty folder.
        FOLDER_MARKER("folder.marker"),
        /// Something else than a creation: a deletion, a tag, a restoration, a change of storage class.
        NOT_A_CREATION("not.a.creation"),
        /// The object does not lie where files are dropped.
        FOREIGN_PREFIX("foreign.prefix"),
        /// The object lies in a bucket that this service does not read.
        FOREIGN_BUCKET("foreign.bucket");

        private final String code;

        Why(String code) {
            this.code = code;
        }

        /// The stable word, such as `folder.marker`.
        public String code() {
            return code;
        }
    }
}
