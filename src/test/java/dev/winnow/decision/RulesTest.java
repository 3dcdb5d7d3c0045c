package dev.winnow.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.LuhnCheck;
import org.hibernate.validator.constraints.Range;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class RulesTest {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();
    private static final Header HEADER = new Header(List.of("extra", " B ", "a"));

    // The components stand against the alphabet, and the constraints of `lastName` too.
    record Person(
            @Size(max = 3, message = "zip.long: more than {max} characters")
            String zipCode,

            @NotBlank(message = "name.missing: no name")
            @Size(min = 2, max = 5)
            @Pattern(regexp = "[a-z]*", message = "name.letters: not only a to z")
            @Pattern(regexp = "[^q]*", message = "name.q: a q in it")
            String lastName) {

        @AssertTrue(message = "both.same: zip code and name are the same")
        boolean isDistinct() {
            return !zipCode.equals(lastName);
        }
    }

    record Longer(
            @Size(max = 4, message = "zip.long: more than {max} characters")
            String zipCode,

            @NotBlank(message = "name.missing: no name")
            @Size(min = 2, max = 5)
            @Pattern(regexp = "[a-z]*", message = "name.letters: not only a to z")
            @Pattern(regexp = "[^q]*", message = "name.q: a q in it")
            String lastName) {}

    record Reworded(
            @Size(max = 3, message = "zip.long: over {max} characters")
            String zipCode,

            @NotBlank(message = "name.missing: no name")
            @Size(min = 2, max = 5)
            @Pattern(regexp = "[a-z]*", message = "name.letters: not only a to z")
            @Pattern(regexp = "[^q]*", message = "name.q: a q in it")
            String lastName) {}

    record Twins(
            @NotBlank String first,
            @NotBlank String second,
            @Range(min = 1, max = 9) int count) {}

    record Unconstrained(String a) {}

    record Nested(@Valid Twins twins) {}

    record Items(List<@NotBlank String> items) {}

    record Talkative(@LuhnCheck String number) {}

    record Revealing(
            @Size(max = 1, message = "a.long: ${validatedValue} is too long")
            String a) {}

    private static final GivenDataset<Person> PERSONS =
            GivenDataset.of(Person.class, fields -> new Person(fields.value("a"), fields.value("b")));

    @AfterAll
    static void close() {
        VALIDATORS.close();
    }

    @Test
    void acceptedRecordBringsItsDerivedColumns() {
        assertThat(decide("12", "abc"))
                .isEqualTo(new Decision.Accepted(7, List.of("Person[zipCode=12, lastName=abc]")));
    }

    @Test
    void violationsFollowTheComponentsOfTheRecord() {
        assertThat(violations("1234", ""))
                .containsExactly(
                        new Violation("zip_code", "zip.long", "more than 3 characters"),
                        new Violation("last_name", "name.missing", "no name"));
    }

    @Test
    void constraintWithoutCodeIsNamedAfterFieldAndConstraint() {
        assertThat(violations("1", "x"))
                .containsExactly(new Violation("last_name", "last_name.size", "size must be between 2 and 5"));
    }

    @Test
    void onlyTheFirstBreachOfAFieldIsReported() {
        assertThat(violations("1", "Qqqqqqqqq")).extracting(Violation::code).containsExactly("last_name.size");
        assertThat(violations("1", "Qq")).extracting(Violation::code).containsExactly("name.letters");
    }

    @Test
    void repeatedConstraintsKeepTheirOrder() {
        assertThat(violations("1", "qq")).extracting(Violation::code).containsExactly("name.q");
        assertThat(violations("1", "Qq")).extracting(Violation::code).containsExactly("name.letters");
    }

    @Test
    void ruleOverSeveralFieldsComesLast() {
        assertThat(violations("abcd", "abcd"))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("zip_code", "zip.long"), tuple("distinct", "both.same"));
    }

    @Test
    void sameConstraintOnTwoFieldsIsTwoRules() {
        var twins = GivenDataset.of(Twins.class, fields -> new Twins(fields.value("a"), fields.value("b"), 10));
        assertThat(rejected(Rules.of(twins, VALIDATORS), "", ""))
                .extracting(Violation::code)
                .containsExactly("first.not-blank", "second.not-blank", "count.range");
    }

    @Test
    void rowOfAnotherWidthIsRejectedAsAWhole() {
        Judge judge = judge(Rules.of(PERSONS, VALIDATORS));
        assertThat(judge.decide(new SourceRecord.WrongWidth(4, List.of("x"))))
                .isEqualTo(rejected(4, "record.width", "the row has 1 field, the header 3"));
        assertThat(judge.decide(new SourceRecord.WrongWidth(5, List.of("w", "x", "y", "z"))))
                .isEqualTo(rejected(5, "record.width", "the row has 4 fields, the header 3"));
    }

    @Test
    void unreadableRowStaysUnreadableWithItsReason() {
        assertThat(judge(Rules.of(PERSONS, VALIDATORS))
                        .decide(new SourceRecord.Unreadable(9, "record.long", "too long")))
                .isEqualTo(new Decision.Unreadable(9, new Violation("", "record.long", "too long")));
    }

    @Test
    void headerWithoutARequiredColumnIsPoison() {
        Rules rules = Rules.of(PERSONS.withColumns("a", "c", "b", "d"), VALIDATORS);
        assertThatThrownBy(() -> rules.judge(HEADER)).isInstanceOfSatisfying(PoisonFileException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.HEADER_MISSING);
            assertThat(e.detail()).isEqualTo("The header lacks these columns: c, d");
        });
    }

    @Test
    void versionIsTheSameInEveryJvm() {
        assertThat(Rules.of(PERSONS, VALIDATORS).version()).isEqualTo("c8cfcd7f7fc4");
    }

    @Test
    void versionChangesWithAnythingThatChangesAVerdictOrAReason() {
        assertThat(List.of(
                        version(PERSONS),
                        version(PERSONS.named("other")),
                        version(PERSONS.withColumns("b", "a")),
                        version(PERSONS.withSettings(Map.of("limit", "4"))),
                        version(PERSONS.withSettings(Map.of("limit", "3", "more", ""))),
                        version(GivenDataset.of(Longer.class, _ -> new Longer("", ""))),
                        version(GivenDataset.of(Reworded.class, _ -> new Reworded("", "")))))
                .doesNotHaveDuplicates()
                .allMatch(version -> version.matches("[0-9a-f]{12}"));
    }

    @Test
    void datasetThatCannotServeIsRefused() {
        refused(PERSONS.named("Per son"), "its name is not lower-case letters, digits and single hyphens");
        refused(PERSONS.withColumns("a", " A"), "its required column  A is listed twice");
        refused(PERSONS.withColumns(), "it lists no required column");
        refused(GivenDataset.of(Unconstrained.class, _ -> new Unconstrained("")), "it has no constraint");
        refused(GivenDataset.of(Nested.class, _ -> new Nested(new Twins("", "", 1))), "twins has constraints inside");
        refused(GivenDataset.of(Items.class, _ -> new Items(List.of())), "items has constraints inside its type");
    }

    @Test
    void messageThatShowsTheValueIsRefused() {
        refused(GivenDataset.of(Talkative.class, _ -> new Talkative("")), "its message shows the value");
        refused(GivenDataset.of(Revealing.class, _ -> new Revealing("")), "its message shows the value");
    }

    @Test
    void askingForAColumnThatIsNotListedIsABug() {
        var dataset = GivenDataset.of(Person.class, fields -> new Person(fields.value("extra"), ""));
        Judge judge = judge(Rules.of(dataset, VALIDATORS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> judge.decide(row("1", "2")))
                .withMessage("Cannot read the column extra: the dataset given does not list it");
    }

    private static void refused(Dataset<?> dataset, String because) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rules.of(dataset, VALIDATORS))
                .withMessageStartingWith("Cannot use ")
                .withMessageContaining(because);
    }

    private static String version(Dataset<?> dataset) {
        return Rules.of(dataset, VALIDATORS).version();
    }

    private static Decision decide(String a, String b) {
        return judge(Rules.of(PERSONS, VALIDATORS)).decide(row(a, b));
    }

    private static List<Violation> violations(String a, String b) {
        return rejected(Rules.of(PERSONS, VALIDATORS), a, b);
    }

    private static List<Violation> rejected(Rules rules, String a, String b) {
        return ((Decision.Rejected) judge(rules).decide(row(a, b))).violations();
    }

    private static Decision.Rejected rejected(long line, String code, String message) {
        return new Decision.Rejected(line, List.of(new Violation("", code, message)));
    }

    private static Judge judge(Rules rules) {
        return rules.judge(HEADER);
    }

    private static SourceRecord row(String a, String b) {
        return new SourceRecord.Row(7, List.of("carried through", b, a));
    }
}
