package dev.winnow.decision;

import jakarta.validation.MessageInterpolator;
import jakarta.validation.ValidationException;
import jakarta.validation.metadata.ConstraintDescriptor;

/// Makes sure that no reason can repeat what a record holds, by asking each message to speak of a marked value.
///
/// Some messages do, the library's own for check digits among them: `the check digit for ${validatedValue} is invalid`.
record MessageProbe(MessageInterpolator messages) {

    private static final String MARK = "b1946ac9";

    /// @throws IllegalArgumentException when the constraint's message shows the validated value
    void requireSilence(ConstraintDescriptor<?> constraint) {
        if (messages.interpolate(constraint.getMessageTemplate(), new Marked(constraint))
                .contains(MARK)) {
            throw new IllegalArgumentException("Cannot use %s: its message shows the value, which reasons must not"
                    .formatted(constraint.getAnnotation().annotationType().getName()));
        }
    }

    private record Marked(ConstraintDescriptor<?> constraint) implements MessageInterpolator.Context {

        @Override
        public ConstraintDescriptor<?> getConstraintDescriptor() {
            return constraint;
        }

        @Override
        public Object getValidatedValue() {
            return MARK;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new ValidationException("Cannot unwrap " + type.getName() + ": this context is a probe");
        }
    }
}
