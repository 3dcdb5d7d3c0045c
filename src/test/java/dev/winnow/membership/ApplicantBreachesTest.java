package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Judge;
import dev.winnow.decision.Rules;
import dev.winnow.decision.Violation;
import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How applications are decided beside what Hibernate Validator says of them.
final class ApplicantBreachesTest {

    private static final long SEED = 20220101;
    private static final List<String> NAMES = List.of("Ann Lee", "Dr. Bo", "", "  ", "Md", "Zoë O'Fenn", "Jr.");
    private static final List<String> EMAILS =
            List.of("a@b.com", "a@b.NET", "a@b.org", "a@b", "@b.com", "a..b@c.com", "", "ä@b.com", "a b@c.com");
    private static final List<String> DATES = List.of(
            "1988-03-14",
            "2004/01/01",
            "2004-01-02",
            "12/31/1999",
            "31-12-1999",
            "30-02-1999",
            "",
            "soon",
            "2010-10-10");
    private static final List<String> MOBILES =
            List.of("81234567", "8123 4567", "8123", "", "812345678", "٨١٢٣٤٥٦٧", "8123456x");

    // The rules' order: a field's rules build on one another, and only the first that is broken is told.
    private static final List<String> CODES =
            List.of("name.missing", "mobile.invalid", "email.invalid", "email.domain", "birthday.invalid", "age.under");
    private static final Map<String, String> FIELD_OF_CODE = Map.of(
            "name.missing", "name",
            "mobile.invalid", "mobileNo",
            "email.invalid", "email",
            "email.domain", "email",
            "birthday.invalid", "dateOfBirth",
            "age.under", "dateOfBirth");

    private final AtomicInteger asked = new AtomicInteger();
    private final List<Validator> validators = new ArrayList<>();
    private final Rules rules = MembershipRules.watched(this::counting);
    private final Judge judge = rules.judge(new Header(rules.columns()));

    @Test
    void decisionsAreThoseOfHibernateValidator() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 5_000; i++) {
            List<String> row = List.of(
                    NAMES.get(random.nextInt(NAMES.size())),
                    EMAILS.get(random.nextInt(EMAILS.size())),
                    DATES.get(random.nextInt(DATES.size())),
                    MOBILES.get(random.nextInt(MOBILES.size())));
            assertThat(told(judge.decide(new SourceRecord.Row(2, row))))
                    .as("%s", row)
                    .isEqualTo(validated(row));
        }
    }

    @Test
    void validatorIsAskedForNewWordsOnly() {
        for (int i = 0; i < 1_000; i++) {
            judge.decide(new SourceRecord.Row(2, List.of("", "a@b.org", "2010-10-10", "8123")));
            judge.decide(new SourceRecord.Row(2, List.of("Ann", "a@b.com", "1988-03-14", "81234567")));
        }
        assertThat(asked).hasValue(1);
    }

    private static List<String> told(Decision decision) {
        return switch (decision) {
            case Decision.Accepted _ -> List.of();
            case Decision.Rejected(long _, List<Violation> violations) ->
                violations.stream()
                        .map(violation -> violation.code() + ": " + violation.message())
                        .toList();
            case Decision.Unreadable _ -> throw new AssertionError("every row can be read");
        };
    }

    /// The validator's messages in the rules' order, the first of each field.
    private List<String> validated(List<String> row) {
        Map<String, String> byColumn =
                Map.of("name", row.get(0), "email", row.get(1), "date_of_birth", row.get(2), "mobile_no", row.get(3));
        Applicant applicant = new Membership(MembershipRules.config(Map.of()))
                .read(column -> Objects.requireNonNull(byColumn.get(column)));
        Set<ConstraintViolation<Applicant>> breaches = validators.getFirst().validate(applicant);
        Map<String, String> first = new LinkedHashMap<>();
        for (String code : CODES) {
            breaches.stream()
                    .map(ConstraintViolation::getMessage)
                    .filter(message -> message.startsWith(code + ": "))
                    .forEach(message -> first.putIfAbsent(FIELD_OF_CODE.get(code), message));
        }
        return List.copyOf(first.values());
    }

    private Validator counting(Validator validator) {
        validators.add(validator);
        return (Validator) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Validator.class}, (_, method, arguments) -> {
                    if (method.getName().equals("validate")) {
                        asked.incrementAndGet();
                    }
                    return method.invoke(validator, arguments);
                });
    }
}
