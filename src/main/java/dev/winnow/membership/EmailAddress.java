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

        private static final byte IN_LABEL = 1;
        private static final byte IN_LOCAL_PART = 2;

        /// What each ASCII character may stand in.
        private static final byte[] KINDS = kinds();

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
                if (dot ? afterDot : !is(IN_LOCAL_PART, c)) {
                    return false;
                }
                afterDot = dot;
            }
            return !afterDot;
        }

        private static boolean isDomain(String value, int from) {
            int to = value.length();
            int label = from;
            char before = '.';
            for (int i = from; i < to; i++) {
                char c = value.charAt(i);
                if (c == '.') {
                    if (before == '.' || before == '-' || i - label > LONGEST_LABEL) {
                        return false;
                    }
                    label = i + 1;
                } else if (!is(IN_LABEL, c) || (c == '-' && before == '.')) {
                    return false;
                }
                before = c;
            }
            return before != '.' && before != '-' && to - label <= LONGEST_LABEL;
        }

        private static boolean is(byte kinds, char c) {
            return c < KINDS.length ? (KINDS[c] & kinds) != 0 : Character.isLetterOrDigit(c);
        }

        private static byte[] kinds() {
            byte[] kinds = new byte[128];
            for (char c = 0; c < kinds.length; c++) {
                boolean letterOrDigit = Character.isLetterOrDigit(c);
                int label = letterOrDigit || c == '-' ? IN_LABEL : 0;
                int localPart = letterOrDigit || "!#$%&'*+/=?^_`{|}~-".indexOf(c) >= 0 ? IN_LOCAL_PART : 0;
                kinds[c] = (byte) (label | localPart);
            }
            return kinds;
        }
    }
}
