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
import java.util.List;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;

/// An e-mail address in one of the configured domains, in any case. Its message may name `{domains}`.
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = EmailDomain.Check.class)
@interface EmailDomain {

    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Compares the end of the address: an entry holds the `.` or `@` before it, so it matches whole labels only.
    @Singleton
    final class Check implements ConstraintValidator<EmailDomain, String> {

        private final List<String> domains;
        private final String named;

        Check(MembershipConfig config) {
            this.domains = List.copyOf(config.emailDomains());
            this.named = String.join(", ", domains);
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            for (String domain : domains) {
                int start = value.length() - domain.length();
                if (value.regionMatches(true, start, domain, 0, domain.length())) {
                    return true;
                }
            }
            context.unwrap(HibernateConstraintValidatorContext.class).addMessageParameter("domains", named);
            return false;
        }
    }
}
