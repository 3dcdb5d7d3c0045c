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

/// A well-formed e-mail address: a dot-atom, an `@` and a host name, in the lengths of RFC 5321, letters of any script.
///
/// Stricter than `@Email`, which also takes quoted local parts, addresses of machines and odd characters in domains,
/// and which took a quarter of a row's whole time with its regular expressions; all else that this takes, it takes.
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = EmailAddress.Check.class)
@interface EmailAddress {

    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Walks over the address once.
    @Singleton
    final class Check implements ConstraintValidator<EmailAddress, String> {

        private static final int LONGEST_LOCAL_PART = 64;
        private static final int LONGEST_DOMAIN = 255;
        private static final int LONGEST_LABEL = 63;

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            int at = value.lastIndexOf('@');
            return at >= 0
                    && at <= LONGEST_LOCAL_PART
                    && value.length() - at - 1 <= LONGEST_DOMAIN
                    && isLocalPart(value, at)
                    && isDomain(value, at + 1);
        }

        private static boolean isLocalPart(String value, int to) {
            boolean afterDot = true;
            for (int i = 0; i < to; i++) {
                char c = value.charAt(i);
                boolean dot = c == '.';
                if (dot ? afterDot : !isLetterOrDigit(c) && "!#$%&'*+/=?^_`{|}~-".indexOf(c) < 0) {
                    return false;
                }
                afterDot = dot;
            }
            return !afterDot;
        }

        private static boolean isDomain(String value, int from) {
            int label = from;
            for (int i = from; i <= value.length(); i++) {
                if (i == value.length() || value.charAt(i) == '.') {
                    if (i == label
                            || i - label > LONGEST_LABEL
                            || value.charAt(label) == '-'
                            || value.charAt(i - 1) == '-') {
                        return false;
                    }
                    label = i + 1;
                } else if (value.charAt(i) != '-' && !isLetterOrDigit(value.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isLetterOrDigit(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || (c > '~' && Character.isLetterOrDigit(c));
        }
    }
}
