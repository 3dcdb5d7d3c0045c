package dev.winnow.admin.call;

import dev.winnow.file.FileId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call's parameters as they are read: all that is wrong with them is told at once.
public final class Parameters {

    public static final String HOUR_OF_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}";
    public static final String HOUR = "[01][0-9]|2[0-3]";
    public static final String FILE_ID = "[0-9a-f]{24}";
    public static final String ID = "[A-Za-z0-9_-]{1,100}";

    /// What a receipt calls the reason for which a row was rejected.
    public static final String CODE = "[a-z0-9_-]+(\\.[a-z0-9_-]+)+";

    public static final int LONGEST_CODE = 100;

    /// The header that makes a call the same call however often it is sent.
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1000;

    private final List<Problem.Fault> faults = new ArrayList<>();

    public Parameters() {}

    /// Ends the call where anything is wrong.
    ///
    /// @throws ProblemException when a parameter was refused
    public void check() {
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    /// Notes what is wrong with a parameter.
    public void refuse(String field, String message) {
        faults.add(new Problem.Fault(field, message));
    }

    /// A dataset that this service knows.
    public String dataset(@Nullable String value, Set<String> known) {
        if (value == null || !known.contains(value)) {
            refuse("dataset", "must be one of " + String.join(", ", known));
            return "";
        }
        return value;
    }

    /// A dataset that this service knows, or none for all of them.
    public Optional<String> datasetOrAll(@Nullable String value, Set<String> known) {
        return value == null ? Optional.empty() : Optional.of(dataset(value, known));
    }

    /// A day, or none.
    public Optional<LocalDate> date(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            // The year has four digits: others have signs.
            if (value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return Optional.of(LocalDate.parse(value));
            }
        } catch (DateTimeParseException e) {
            // Such as a 30th of February: refused below.
        }
        refuse("date", "must be a day, as 2026-11-22");
        return Optional.empty();
    }

    /// An hour of a day, or none.
    public OptionalInt hour(@Nullable String value) {
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value.matches(HOUR)) {
            return OptionalInt.of(Integer.parseInt(value));
        }
        refuse("hour", "must be from 00 to 23");
        return OptionalInt.empty();
    }

    /// A code that is given to rejected rows, or none. Any of that form may stand in a receipt of earlier rules.
    public Optional<String> code(@Nullable String value) {
        if (value != null && (value.length() > LONGEST_CODE || !value.matches(CODE))) {
            refuse("code", "must be lower-case words joined by dots, as email.domain");
            return Optional.empty();
        }
        return Optional.ofNullable(value);
    }

    /// How many a page shows, or looks at.
    public int limit(@Nullable String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        int limit = value.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > LARGEST_LIMIT) {
            refuse("limit", "must be from 1 to " + LARGEST_LIMIT);
        }
        return limit;
    }

    /// The start of an hour, UTC.
    public Optional<Instant> hourOfDay(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            if (value.matches(HOUR_OF_DAY)) {
                return Optional.of(Instant.parse(value + ":00:00Z"));
            }
        } catch (DateTimeParseException e) {
            // Such as a 30th of February: refused below.
        }
        refuse("hour", "must be an hour of a day, as 2026-11-22T09");
        return Optional.empty();
    }

    /// One of some words, or none.
    public Optional<String> word(String field, @Nullable String value, Collection<String> known) {
        if (value != null && !known.contains(value)) {
            refuse(field, "must be one of " + String.join(", ", known));
        }
        return Optional.ofNullable(value);
    }

    /// Any text of a reasonable length, or none.
    public Optional<String> text(String field, @Nullable String value, int longest) {
        if (value != null && (value.isEmpty() || value.length() > longest)) {
            refuse(field, "must have from 1 to " + longest + " characters");
        }
        return Optional.ofNullable(value);
    }

    /// The id of a dead letter or a redrive.
    public static String id(String value) {
        if (!value.matches(ID)) {
            throw ProblemException.invalid("id", "must be of letters, digits, '-' and '_', at most 100");
        }
        return value;
    }

    /// The id of a file.
    public static FileId fileId(String value) {
        try {
            return new FileId(value);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("fileId", "must be 24 lower-case hexadecimal digits");
        }
    }
}
