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
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;

/// A text of exactly as many ASCII digits as a mobile number has. Its message may name `{digits}`.
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MobileNumber.Check.class)
@interface MobileNumber {

    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Counts the digits against the configured number.
    @Singleton
    final class Check implements ConstraintValidator<MobileNumber, String> {

        private final int digits;

        Check(MembershipConfig config) {
            this.digits = config.mobileDigits();
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            if (isDigits(value)) {
                return true;
            }
            context.unwrap(HibernateConstraintValidatorContext.class).addMessageParameter("digits", digits);
            return false;
        }

        private boolean isDigits(String value) {
            if (value.length() != digits) {
                return false;
            }
            for (int i = 0; i < digits; i++) {
                if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                    return false;
                }
            }
            return true;
        }
    }
}
