package dev.winnow.membership;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/// Reads `YYYY-MM-DD`, `YYYY/MM/DD`, `MM/DD/YYYY` and `DD-MM-YYYY`, by the calendar and nothing else.
///
/// Written by hand because four formatters and the exceptions by which they say no cost more than all other rules
/// together. The separator tells month first from day first, so no text has two readings.
final class CalendarDate {

    private static final int LENGTH = 10;

    private CalendarDate() {}

    /// The date, or null when the text is none: another format, a 30 February, a year 0000.
    static @Nullable LocalDate read(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        if (separates(text, 4, 7, '-') || separates(text, 4, 7, '/')) {
            return date(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        }
        if (separates(text, 2, 5, '/')) {
            return date(number(text, 6, 10), number(text, 0, 2), number(text, 3, 5));
        }
        if (separates(text, 2, 5, '-')) {
            return date(number(text, 6, 10), number(text, 3, 5), number(text, 0, 2));
        }
        return null;
    }

    private static boolean separates(String text, int first, int second, char separator) {
        return text.charAt(first) == separator && text.charAt(second) == separator;
    }

    /// The number that the digits make, or -1 when one of them is no ASCII digit.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static @Nullable LocalDate date(int year, int month, int day) {
        boolean exists = year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
        return exists ? LocalDate.of(year, month, day) : null;
    }
}
