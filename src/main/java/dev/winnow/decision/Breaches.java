package dev.winnow.decision;

import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.List;

/// What a record breaks: at most one violation of each field, in the rules' order; nothing when it keeps them all.
///
/// Safe for use by several threads.
@FunctionalInterface
interface Breaches<R extends Record> {

    List<Violation> of(R record);

    /// The quickest way to tell the breaches of a type's records.
    static <R extends Record> Breaches<R> of(Class<R> type, Constraints constraints, ValidatorFactory factory) {
        Breaches<R> validated = validated(constraints, factory.getValidator());
        return DirectBreaches.of(type, constraints, factory.getConstraintValidatorFactory(), validated)
                .orElse(validated);
    }

    /// As Jakarta Validation tells them, whatever the constraints are.
    static <R extends Record> Breaches<R> validated(Constraints constraints, Validator validator) {
        return record -> constraints.explain(validator.validate(record));
    }
}
