package dev.winnow.decision;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.GroupSequence;
import jakarta.validation.Payload;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectBreachesTest {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

    /// A text that reads the same from behind. How long it is, its message may name.
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = Palindrome.Check.class)
    @interface Palindrome {

        String message() default "text.palindrome: {length} characters and no palindrome";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};

        final class Check implements ConstraintValidator<Palindrome, String> {

            @Override
            public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
                if (value == null
                        || new StringBuilder(value).reverse().toString().equals(value)) {
                    return true;
                }
                context.unwrap(HibernateConstraintValidatorContext.class).addMessageParameter("length", value.length());
                return false;
            }
        }
    }

    /// A text that says itself what is wrong with it, by a message of its own when it is long.
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = Particular.Check.class)
    @interface Particular {

        String message() default "text.particular: short";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};

        final class Check implements ConstraintValidator<Particular, String> {

            @Override
            public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
                if (value != null && value.length() > 3) {
                    context.disableDefaultConstraintViolation();
                    context.buildConstraintViolationWithTemplate("text.particular: long")
                            .addConstraintViolation();
                }
                return value == null || value.isEmpty();
            }
        }
    }

    @SuppressWarnings("MultipleNullnessAnnotations") // @Nullable is what it may hold, @NotNull the rule against it
    record Plain(
            @NotNull(message = "a.missing: none")
            @Size(min = 1, max = 3, message = "a.long: over {max}")
            @Palindrome
            @Nullable
            String a,

            @NotBlank @Digits(integer = 2, fraction = 1) @Nullable
            String b,

            int unchecked,
            @Particular @Nullable String c,
            @Size(max = 1) @Nullable List<String> d) {}

    record Whole(@NotNull String a) {
        @AssertTrue
        boolean isWhole() {
            return true;
        }
    }

    record Composed(@Range(min = 1, max = 9) int count) {}

    record Looking(
            @Size(max = 1, message = "a.long: ${validatedValue == 'x' ? 'an x is' : 'it is'} too long")
            String a) {}

    record Patterned(@Pattern(regexp = "[a-z]*") String a) {}

    record Ambiguous(@Min(1) @Max(9) int a) {}

    record Timed(@Past LocalDate a) {}

    interface Other {}

    record Grouped(
            @NotNull String a,
            @NotNull(groups = Other.class) String b) {}

    @GroupSequence({Sequenced.class, Other.class})
    record Sequenced(@NotNull String a) {}

    record Optionals(@Null Optional<String> a) {}

    @AfterAll
    static void close() {
        VALIDATORS.close();
    }

    @RepeatedTest(20)
    void breachesAreThoseOfTheValidator(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Constraints constraints = new Constraints(Plain.class, VALIDATORS);
        Breaches<Plain> validated = Breaches.validated(constraints, VALIDATORS.getValidator());
        Breaches<Plain> direct = direct(Plain.class, validated).orElseThrow();
        for (int i = 0; i < 500; i++) {
            Plain record = new Plain(text(random), text(random), i, text(random), list(random));
            assertThat(direct.of(record))
                    .as("seed %d, %s", repetition.getCurrentRepetition(), record)
                    .isEqualTo(validated.of(record));
        }
    }

    @Test
    void validatorIsAskedForNewWordsOnly() {
        AtomicInteger asked = new AtomicInteger();
        Breaches<Plain> validated =
                Breaches.validated(new Constraints(Plain.class, VALIDATORS), VALIDATORS.getValidator());
        Breaches<Plain> direct = direct(Plain.class, record -> {
                    asked.incrementAndGet();
                    return validated.of(record);
                })
                .orElseThrow();
        Plain sound = new Plain("aba", "1", 0, null, null);
        Plain broken = new Plain("ab", "x", 0, null, null);
        Plain worded = new Plain("abc", "x", 0, null, null);

        assertThat(direct.of(sound)).isEmpty();
        assertThat(asked).hasValue(0);
        direct.of(broken);
        assertThat(asked).hasValue(1);
        assertThat(direct.of(broken)).isEqualTo(validated.of(broken));
        assertThat(asked).hasValue(1);
        assertThat(direct.of(worded)).extracting(Violation::message).contains("3 characters and no palindrome");
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Whole.class,
                Composed.class,
                Looking.class,
                Patterned.class,
                Timed.class,
                Grouped.class,
                Sequenced.class,
                Optionals.class
            })
    void whatTakesAValidatorIsLeftToIt(Class<? extends Record> type) {
        assertThat(direct(type, _ -> List.of())).isEmpty();
    }

    @Test
    void primitivesAreCheckedAsTheirBoxes() {
        Constraints constraints = new Constraints(Ambiguous.class, VALIDATORS);
        Breaches<Ambiguous> validated = Breaches.validated(constraints, VALIDATORS.getValidator());
        Breaches<Ambiguous> quickest = Breaches.of(Ambiguous.class, constraints, VALIDATORS);
        assertThat(quickest.of(new Ambiguous(0)))
                .isEqualTo(validated.of(new Ambiguous(0)))
                .isNotEmpty();
        assertThat(quickest.of(new Ambiguous(5))).isEmpty();
    }

    private static <R extends Record> Optional<Breaches<R>> direct(Class<R> type, Breaches<R> validated) {
        return DirectBreaches.of(
                type, new Constraints(type, VALIDATORS), VALIDATORS.getConstraintValidatorFactory(), validated);
    }

    private static @Nullable String text(SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            text.append("aab1. ".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    private static @Nullable List<String> list(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> List.of("x");
            default -> List.of("x", "y");
        };
    }
}
