package dev.winnow.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Rules;
import dev.winnow.decision.Violation;
import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class RosterTest {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();
    private static final Rules RULES = Rules.of(new Roster(() -> "example.com"), VALIDATORS);

    @AfterAll
    static void close() {
        VALIDATORS.close();
    }

    @Test
    void employeeGetsABadge() {
        assertThat(decide("004711", "ann", "2026-01-01"))
                .isEqualTo(new Decision.Accepted(2, List.of("004711", "ann@example.com", "2026-01-01", "B004711")));
    }

    @Test
    void brokenRulesAreExplainedInTheirOrder() {
        assertThat(decide("4711", "", "soon"))
                .isEqualTo(new Decision.Rejected(
                        2,
                        List.of(
                                new Violation(
                                        "employee_no", "employee.number", "the employee number is not six digits"),
                                new Violation("email", "email.not-blank", "must not be blank"),
                                new Violation("start_date", "start.format", "the start date is not YYYY-MM-DD"))));
        assertThat(decide("004711", "ann@", "2026-01-01"))
                .isEqualTo(new Decision.Rejected(
                        2, List.of(new Violation("email", "email.email", "must be a well-formed email address"))));
    }

    @Test
    void settingIsPartOfTheVersion() {
        assertThat(Rules.of(new Roster(() -> "example.net"), VALIDATORS).version())
                .isNotEqualTo(RULES.version());
    }

    private static Decision decide(String... values) {
        return RULES.judge(new Header(RULES.columns())).decide(new SourceRecord.Row(2, List.of(values)));
    }
}
