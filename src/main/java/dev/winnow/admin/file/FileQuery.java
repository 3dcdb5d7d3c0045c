package dev.winnow.admin.file;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/// Which files a listing is of.
///
/// @param date   the day of the sources' `Last-Modified`, UTC, for committed files
/// @param hour   the hour of that day
/// @param limit  how many keys of the bucket a page looks at
/// @param cursor where the listing goes on, empty at its beginning
record FileQuery(
        String dataset, Optional<LocalDate> date, OptionalInt hour, FileStatus status, int limit, String cursor) {

    /// What a cursor holds for: everything but the page's size.
    String listing() {
        return "files/" + dataset + '/' + date + '/' + hour + '/' + status.code();
    }
}
