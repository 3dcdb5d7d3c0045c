package dev.winnow.decision;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.groups.Default;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ValidateUnwrappedValue;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidator;

/// A constraint that is judged by nothing but one check of its value.
final class PlainConstraint {

    private PlainConstraint() {}

    /// Finds the check of a constraint that is in the default group, is composed of no others and has exactly one check
    /// for values of the type. Whatever else there may be in Jakarta Validation takes a validator to judge by:
    /// <https://jakarta.ee/specifications/bean-validation/3.1/>.
    ///
    /// @return the check, initialised; nothing when the constraint is not so plain
    static Optional<ConstraintValidator<?, Object>> check(
            ConstraintDescriptor<?> constraint, Class<?> type, ConstraintValidatorFactory factory) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        boolean plain = constraint.getComposingConstraints().isEmpty()
                && Set.of(Default.class).containsAll(constraint.getGroups())
                && constraint.getValueUnwrapping() == ValidateUnwrappedValue.DEFAULT
                && !boxed.getName().startsWith("java.util.Optional");
        List<? extends Class<?>> candidates = constraint.getConstraintValidatorClasses().stream()
                .filter(candidate -> takes(candidate, boxed))
                .toList();
        return plain && candidates.size() == 1
                ? initialised(candidates.getFirst(), constraint.getAnnotation(), factory)
                : Optional.empty();
    }

    /// Whether the class says itself, and not by a type parameter, that it checks values of this type.
    private static boolean takes(Class<?> validator, Class<?> type) {
        for (Method method : validator.getMethods()) {
            if (method.getName().equals("isValid")
                    && !method.isBridge()
                    && method.getParameterCount() == 2
                    && method.getParameterTypes()[1] == ConstraintValidatorContext.class
                    && method.getGenericParameterTypes()[0] instanceof Class<?> checked
                    && checked.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked") // it takes the component's type, and is given nothing else
    private static Optional<ConstraintValidator<?, Object>> initialised(
            Class<?> type, Annotation annotation, ConstraintValidatorFactory factory) {
        ConstraintValidator<Annotation, Object> check = (ConstraintValidator<Annotation, Object>)
                factory.getInstance(type.asSubclass(ConstraintValidator.class));
        if (check instanceof HibernateConstraintValidator) {
            // It may want to be initialised with more than its annotation.
            return Optional.empty();
        }
        check.initialize(annotation);
        return Optional.of(check);
    }
}
