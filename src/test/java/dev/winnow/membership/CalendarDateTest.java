package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class CalendarDateTest {

    @ParameterizedTest
    @CsvFileSource(resources = "dates.csv", useHeadersInDisplayName = true, emptyValue = "")
    void textIsADateOrNone(String text, @Nullable LocalDate date) {
        assertThat(CalendarDate.read(text)).isEqualTo(date);
    }

    @Test
    void everyDayIsReadInEveryFormatAsTheCalendarHasIt() {
        for (int year : List.of(1, 999, 1900, 2000, 2003, 2004, 9999)) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    LocalDate expected = calendar(year, month, day);
                    for (String text : List.of(
                            "%04d-%02d-%02d".formatted(year, month, day),
                            "%04d/%02d/%02d".formatted(year, month, day),
                            "%2$02d/%3$02d/%1$04d".formatted(year, month, day),
                            "%3$02d-%2$02d-%1$04d".formatted(year, month, day))) {
                        assertThat(CalendarDate.read(text)).as(text).isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static @Nullable LocalDate calendar(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
