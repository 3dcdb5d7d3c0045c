package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Rules;
import dev.winnow.decision.Violation;
import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class MembershipTest {

    private static final Header HEADER = new Header(List.of("name", "email", "date_of_birth", "mobile_no"));
    private static final Rules RULES = MembershipRules.byDefault();

    @ParameterizedTest
    @CsvFileSource(resources = "verdicts.csv", useHeadersInDisplayName = true, emptyValue = "", nullValues = "NULL")
    void recordIsDecidedByItsRules(String name, String email, String dateOfBirth, String mobileNo, String codes) {
        assertThat(codes(RULES, name, email, dateOfBirth, mobileNo)).isEqualTo(codes);
    }

    @Test
    void acceptedRecordBecomesAMember() {
        assertThat(decide(RULES, "Dr. Ann van der Berg PhD", " Ann@Example.COM ", "1990/12/31", "8765 4321"))
                .isEqualTo(new Decision.Accepted(
                        2,
                        List.of(
                                "van der Berg_e3484",
                                "Ann",
                                "van der Berg",
                                "Ann@Example.COM",
                                "19901231",
                                "87654321",
                                "true")));
        assertThat(RULES.derivedColumns())
                .containsExactly(
                        "membership_id", "first_name", "last_name", "email", "date_of_birth", "mobile_no", "above_18");
    }

    @Test
    void yearIsWrittenInFourDigits() {
        assertThat(decide(RULES, "Old", "old@example.com", "0987-01-02", "87654321"))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.derived()).contains("09870102"));
    }

    @Test
    void reasonsNameTheThresholdsInForceAndNoValue() {
        assertThat(violations(RULES, "", "a@b.org", "2010-01-01", "123"))
                .containsExactly(
                        new Violation("name", "name.missing", "the name is empty"),
                        new Violation("mobile_no", "mobile.invalid", "the mobile number is not 8 digits"),
                        new Violation("email", "email.domain", "the e-mail domain is none of .com, .net"),
                        new Violation("date_of_birth", "age.under", "under 18 on 2022-01-01"));
        assertThat(violations(RULES, "A", "a", "soon", "12345678"))
                .containsExactly(
                        new Violation("email", "email.invalid", "the e-mail address is not well-formed"),
                        new Violation(
                                "date_of_birth",
                                "birthday.invalid",
                                "the date of birth is not a date in a known format"));
    }

    @Test
    void configuredThresholdsDecide() {
        Rules rules = MembershipRules.with(Map.of(
                "winnow.membership.mobile-digits", "3",
                "winnow.membership.email-domains", "@mail.example.org,.EDU",
                "winnow.membership.minimum-age", "16",
                "winnow.membership.reference-date", "2024-02-29"));
        assertThat(decide(rules, "A", "a@Mail.example.org", "2008-02-28", "123"))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.derived()).endsWith("false"));
        assertThat(codes(rules, "A", "a@some.edu", "2006-02-28", "123")).isEmpty();
        assertThat(violations(rules, "A", "a@x.mail.example.org", "2008-03-01", "12345678"))
                .extracting(Violation::message)
                .containsExactly(
                        "the mobile number is not 3 digits",
                        "the e-mail domain is none of @mail.example.org, .EDU",
                        "under 16 on 2024-02-29");
    }

    @Test
    void everyThresholdIsPartOfTheVersion() {
        assertThat(List.of(
                        RULES.version(),
                        version("mobile-digits", "9"),
                        version("email-domains", ".com"),
                        version("minimum-age", "21"),
                        version("reference-date", "2022-01-02")))
                .doesNotHaveDuplicates();
        assertThat(version("minimum-age", "18")).isEqualTo(RULES.version());
    }

    @Test
    void anyTextAtAllIsDecided() {
        long seed = 20220101;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String[] values = random.ints(4, 0, 14)
                    .mapToObj(length -> noise(random, length))
                    .toArray(String[]::new);
            assertThat(decide(RULES, values))
                    .as("seed %d, case %d", seed, i)
                    .isInstanceOfAny(Decision.Accepted.class, Decision.Rejected.class);
        }
    }

    private static String noise(Random random, int length) {
        String alphabet = "  09-/.@,amrdj\u00A0\u0660\uD83D\uDE00\u0000\n";
        return random.ints(length, 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining());
    }

    private static String version(String key, String value) {
        return MembershipRules.with(Map.of("winnow.membership." + key, value)).version();
    }

    private static String codes(Rules rules, String... values) {
        return switch (decide(rules, values)) {
            case Decision.Accepted _ -> "";
            case Decision.Rejected rejected ->
                rejected.violations().stream().map(Violation::code).collect(Collectors.joining("; "));
            case Decision.Unreadable unreadable -> unreadable.violation().code();
        };
    }

    private static List<Violation> violations(Rules rules, String... values) {
        return ((Decision.Rejected) decide(rules, values)).violations();
    }

    private static Decision decide(Rules rules, String... values) {
        return rules.judge(HEADER).decide(new SourceRecord.Row(2, List.of(values)));
    }
}
