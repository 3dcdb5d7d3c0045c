package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeaderTest {

    private static final List<String> REQUIRED = List.of("name", "email", "date_of_birth", "mobile_no");

    @Test
    void columnsAreFoundInAnyOrderAndCaseAndWithBlanksAround() {
        Header header = new Header(List.of("MOBILE_NO", " Email\t", "extra", "name", "Date_Of_Birth"));
        assertThatCode(() -> header.check(REQUIRED)).doesNotThrowAnyException();
        assertThat(header.indexOf("email")).isEqualTo(1);
        assertThat(header.indexOf(" Mobile_No ")).isZero();
        assertThat(header.indexOf("absent")).isEqualTo(-1);
        assertThat(header.names()).containsExactly("MOBILE_NO", " Email\t", "extra", "name", "Date_Of_Birth");
    }

    @Test
    void caseIsFoldedAlikeInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(Header.normal("EMAIL")).isEqualTo("email");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refusalNamesTheMissingColumnsAndNothingThatWasFound() {
        PoisonFileException refusal = refusal("Jane Roe", "email", "jane@example.com", "Jane Roe");
        assertThat(refusal.reason()).isEqualTo(Reason.HEADER_MISSING);
        assertThat(refusal.detail())
                .isEqualTo("Cannot find the required columns in the first row: missing name, date_of_birth, mobile_no");
    }

    @ParameterizedTest
    @CsvSource({
        "name;email;date_of_birth;mobile_no, semicolons",
        "'name\temail\tdate_of_birth\tmobile_no', tabs",
    })
    void refusalTellsOfAnotherSeparator(String only, String separator) {
        assertThat(refusal(only).detail()).contains("separated by " + separator).doesNotContain(only);
    }

    @Test
    void separatorIsNotBlamedWhenCommasSeparate() {
        assertThat(refusal("na;me", "email").detail()).doesNotContain("semicolons");
    }

    @Test
    void nameThatStandsTwiceIsRefused() {
        PoisonFileException refusal =
                refusal("name", "Email", "date_of_birth", "mobile_no", "email ", "note", "NOTE", "note");
        assertThat(refusal.reason()).isEqualTo(Reason.HEADER_DUPLICATE);
        assertThat(refusal.detail())
                .isEqualTo("Cannot tell the columns apart: the header names more than once email, note");
    }

    @Test
    void listOfDuplicatesStaysShort() {
        Stream<String> many = IntStream.range(0, 40).mapToObj(i -> (i % 20) + "x".repeat(1000));
        PoisonFileException refusal =
                refusal(Stream.concat(REQUIRED.stream(), many).toArray(String[]::new));
        assertThat(refusal.detail()).endsWith("and 15 more").hasSizeLessThan(500);
    }

    @Test
    void namelessColumnsMayRepeat() {
        List<String> names = List.of("name", "email", "date_of_birth", "mobile_no", "", " ", "");
        assertThatCode(() -> new Header(names).check(REQUIRED)).doesNotThrowAnyException();
    }

    @Test
    void namesAreNotPrinted() {
        assertThat(new Header(List.of("Jane Roe"))).hasToString("Header[names=1]");
    }

    @Test
    void headersOfTheSameNamesAreEqual() {
        assertThat(new Header(List.of("a", "b")))
                .isEqualTo(new Header(List.of("a", "b")))
                .hasSameHashCodeAs(new Header(List.of("a", "b")))
                .isNotEqualTo(new Header(List.of("b", "a")))
                .isNotEqualTo(new Header(Collections.nCopies(2, "a")));
    }

    private static PoisonFileException refusal(String... names) {
        return catchThrowableOfType(PoisonFileException.class, () -> new Header(List.of(names)).check(REQUIRED));
    }
}
