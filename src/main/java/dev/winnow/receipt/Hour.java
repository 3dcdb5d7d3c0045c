package dev.winnow.receipt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// One hour, UTC: the partition in which all that belongs to a file lies, by its source's `Last-Modified`.
///
/// @param start its first instant
public record Hour(Instant start) implements Comparable<Hour> {

    private static final DateTimeFormatter FOLDERS = new DateTimeFormatterBuilder()
            .appendPattern("'date='uuuu-MM-dd'/hour='HH")
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    public Hour {
        if (!start.truncatedTo(ChronoUnit.HOURS).equals(start)) {
            throw new IllegalArgumentException("Cannot take " + start + " for an hour: it is within one");
        }
    }

    /// The hour in which an instant lies.
    public static Hour of(Instant instant) {
        return new Hour(instant.truncatedTo(ChronoUnit.HOURS));
    }

    /// The hour of `date=2026-11-22/hour=09`, if it is one.
    public static Optional<Hour> parse(String folders) {
        try {
            return Optional.of(new Hour(LocalDateTime.parse(folders, FOLDERS).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The first instant after it.
    public Instant end() {
        return start.plus(1, ChronoUnit.HOURS);
    }

    /// The hour before it.
    public Hour before() {
        return new Hour(start.minus(1, ChronoUnit.HOURS));
    }

    @Override
    public int compareTo(Hour other) {
        return start.compareTo(other.start);
    }

    /// The folders that stand for it in keys: `date=2026-11-22/hour=09`.
    @Override
    public String toString() {
        return FOLDERS.format(start);
    }
}
