package dev.winnow.membership;

import jakarta.inject.Singleton;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.LocalDate;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/// A date of birth of someone old enough on the reference date. Its message may name `{age}` and `{date}`.
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OfAge.Check.class)
@interface OfAge {

    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Compares with the latest date of birth that is old enough; a birthday on the reference date counts.
    @Singleton
    final class Check implements ConstraintValidator<OfAge, LocalDate> {

        private final int age;
        private final LocalDate date;
        private final LocalDate latest;

        Check(MembershipConfig config) {
            this.age = config.minimumAge();
            this.date = config.referenceDate();
            this.latest = date.minusYears(age);
        }

        @Override
        public boolean isValid(@Nullable LocalDate value, ConstraintValidatorContext context) {
            if (value == null || !value.isAfter(latest)) {
                return true;
            }
            context.unwrap(HibernateConstraintValidatorContext.class)
                    .addMessageParameter("age", age)
                    .addMessageParameter("date", date);
            return false;
        }
    }
}
