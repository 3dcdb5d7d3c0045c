package dev.winnow.admin.file;

import dev.winnow.receipt.Receipt;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/// Which files a listing is of.
///
/// @param dataset empty for the waiting files of all of them
/// @param date   the day of the sources' `Last-Modified`, UTC, for committed files
/// @param hour   the hour of that day
/// @param code   one that was given to a row, of the current receipts of committed files
/// @param limit  how many keys of the bucket a page looks at
/// @param cursor where the listing goes on, empty at its beginning
record FileQuery(
        String dataset,
        Optional<LocalDate> date,
        OptionalInt hour,
        Optional<String> code,
        FileStatus status,
        int limit,
        String cursor) {

    /// What a cursor holds for: everything but the page's size.
    String listing() {
        return "files/" + dataset + '/' + date + '/' + hour + '/' + code + '/' + status.code();
    }

    /// Whether a file by its current receipt is meant.
    boolean matches(Receipt receipt) {
        return code.isEmpty() || receipt.violations().containsKey(code.get());
    }
}
