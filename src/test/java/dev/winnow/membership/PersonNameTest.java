package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class PersonNameTest {

    @ParameterizedTest
    @CsvFileSource(
            resources = "names.csv",
            useHeadersInDisplayName = true,
            emptyValue = "",
            ignoreLeadingAndTrailingWhitespace = false)
    void nameIsCleanedAndCut(String text, String first, String last) {
        assertThat(PersonName.of(PersonName.cleaned(text))).isEqualTo(new PersonName(first, last));
    }
}
