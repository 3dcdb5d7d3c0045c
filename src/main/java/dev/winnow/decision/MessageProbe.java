package dev.winnow.decision;

import jakarta.validation.MessageInterpolator;
import jakarta.validation.ValidationException;
import jakarta.validation.metadata.ConstraintDescriptor;

/// Makes sure that no reason can repeat what a record holds, by asking each message to speak of a marked value.
///
/// Some messages do, the library's own for check digits among them: `the check digit for ${validatedValue} is invalid`.
record MessageProbe(MessageInterpolator messages) {

    private static final String MARK = "b1946ac9";

    /// @return whether the message is worded without a look at the validated value
    /// @throws IllegalArgumentException when the constraint's message shows the validated value
    boolean requireSilence(ConstraintDescriptor<?> constraint) {
        Marked marked = new Marked(constraint);
        if (messages.interpolate(constraint.getMessageTemplate(), marked).contains(MARK)) {
            throw new IllegalArgumentException("Cannot use %s: its message shows the value, which reasons must not"
                    .formatted(constraint.getAnnotation().annotationType().getName()));
        }
        return !marked.lookedAt;
    }

    private static final class Marked implements MessageInterpolator.Context {

        private final ConstraintDescriptor<?> constraint;
        private boolean lookedAt;

        Marked(ConstraintDescriptor<?> constraint) {
            this.constraint = constraint;
        }

        @Override
        public ConstraintDescriptor<?> getConstraintDescriptor() {
            return constraint;
        }

        @Override
        public Object getValidatedValue() {
            lookedAt = true;
            return MARK;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new ValidationException("Cannot unwrap " + type.getName() + ": this context is a probe");
        }
    }
}
