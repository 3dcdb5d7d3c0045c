package dev.winnow.main;

import dev.winnow.batch.Since;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what `--since` says: a moment, or a duration as the settings write it.
final class SinceConverter implements ITypeConverter<Since> {

    @Override
    public Since convert(String text) {
        try {
            return new Since.At(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return new Since.Ago(duration(text));
        }
    }

    private static Duration duration(String text) {
        try {
            Duration duration = DurationConverter.parseDuration(text);
            if (duration != null && !duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(wrong(text));
        }
        throw new TypeConversionException(wrong(text));
    }

    private static String wrong(String text) {
        return "'" + text + "' is no moment such as 2026-11-24T08:00:00Z and no duration such as 90M, 2H or 1D";
    }
}
