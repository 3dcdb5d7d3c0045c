package dev.winnow.notification;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What one event says of one object, whichever form it came in, before it is judged.
///
/// Bucket and key must be there, for without them nothing is named. The rest may be missing or unusable: S3 knows
/// it.
///
/// @param creation whether the object's content is new
record Announcement(
        String bucket,
        String key,
        boolean creation,
        Optional<String> versionId,
        Optional<String> eTag,
        OptionalLong size) {

    /// The characters of an entity tag (RFC 9110, section 8.8.3) that an HTTP client can send back in `If-Match`.
    private static final Pattern ENTITY_TAG = Pattern.compile("[\\x21\\x23-\\x7E]+");

    /// The version at this place. S3 calls the content of an unversioned object the version `null`.
    static Optional<String> versionId(Place place) {
        return place.text().filter(id -> !id.equals("null"));
    }

    /// The entity tag at this place, freed of the quotation marks that some stores leave around it.
    static Optional<String> eTag(Place place) {
        return place.text()
                .map(tag -> tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"")
                        ? tag.substring(1, tag.length() - 1)
                        : tag)
                .filter(tag -> ENTITY_TAG.matcher(tag).matches());
    }
}
