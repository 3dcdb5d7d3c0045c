package dev.winnow.decision;

import jakarta.validation.ClockProvider;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.hibernate.validator.constraintvalidation.HibernateConstraintViolationBuilder;

/// What a check is given to speak with when it is asked without a validator: it may name what its message is to say.
///
/// Whatever else it asks for ends the questioning with [Inadequate], since only a validator can answer. Not for use by
/// several threads.
final class CheckContext implements HibernateConstraintValidatorContext {

    /// A check wants more than this context has.
    static final class Inadequate extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Inadequate() {
            super("Cannot answer a check: it asks for a validator's context", null, false, false);
        }
    }

    private List<Object> named = List.of();

    /// Names and values as the checks named them since they were last taken.
    List<Object> take() {
        List<Object> taken = named;
        named = List.of();
        return taken;
    }

    @Override
    public HibernateConstraintValidatorContext addMessageParameter(String name, Object value) {
        if (named.isEmpty()) {
            named = new ArrayList<>(4);
        }
        named.add(name);
        named.add(value);
        return this;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new Inadequate();
    }

    @Override
    public HibernateConstraintValidatorContext addExpressionVariable(String name, Object value) {
        throw new Inadequate();
    }

    @Override
    public HibernateConstraintValidatorContext withDynamicPayload(Object payload) {
        throw new Inadequate();
    }

    @Override
    public HibernateConstraintViolationBuilder buildConstraintViolationWithTemplate(String template) {
        throw new Inadequate();
    }

    @Override
    public <C> C getConstraintValidatorPayload(Class<C> type) {
        throw new Inadequate();
    }

    @Override
    public void disableDefaultConstraintViolation() {
        throw new Inadequate();
    }

    @Override
    public String getDefaultConstraintMessageTemplate() {
        throw new Inadequate();
    }

    @Override
    public ClockProvider getClockProvider() {
        throw new Inadequate();
    }
}
