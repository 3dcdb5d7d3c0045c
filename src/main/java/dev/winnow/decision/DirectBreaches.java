package dev.winnow.decision;

import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.GroupSequence;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Breaches told by the constraints' own checks, asked in the rules' order, of each field until the first one fails.
///
/// A validator sets up a context for every record and words every message anew, which takes longer than all checks
/// together. Here rules come from the same annotations and verdicts from the same checks. Words come from the
/// validator itself: it is asked when a rule is broken in a way not heard of before, and when a check wants more
/// than to say yes or no and what its message names.
final class DirectBreaches<R extends Record> implements Breaches<R> {

    /// A component and the checks on it, by rank.
    private record Field(Method accessor, List<Check> checks) {

        /// The first breach of the field, or null when there is none.
        @Nullable
        Breach breach(Record record, CheckContext context) {
            Object value = value(record);
            for (Check check : checks) {
                if (!check.passes(value, context)) {
                    return new Breach(check, context.take());
                }
            }
            return null;
        }

        private @Nullable Object value(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + accessor, e);
            }
        }
    }

    private record Breach(Check check, List<Object> named) {}

    private final List<Field> fields;
    private final Breaches<R> validated;

    private DirectBreaches(List<Field> fields, Breaches<R> validated) {
        this.fields = List.copyOf(fields);
        this.validated = validated;
    }

    /// Reads the checks off a record type.
    ///
    /// @param validated tells the breaches of such records too
    /// @return nothing when a constraint stands on something else than a component, or takes a validator
    static <R extends Record> Optional<Breaches<R>> of(
            Class<R> type, Constraints constraints, ConstraintValidatorFactory factory, Breaches<R> validated) {
        List<Field> fields = new ArrayList<>();
        int found = 0;
        for (RecordComponent component : type.getRecordComponents()) {
            List<Check> checks = checks(component, constraints, factory);
            found += checks.size();
            if (!checks.isEmpty()) {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                fields.add(new Field(accessor, checks));
            }
        }
        boolean all = found == constraints.placed().size() && !type.isAnnotationPresent(GroupSequence.class);
        return all ? Optional.of(new DirectBreaches<>(fields, validated)) : Optional.empty();
    }

    private static List<Check> checks(
            RecordComponent component, Constraints constraints, ConstraintValidatorFactory factory) {
        List<Check> checks = new ArrayList<>();
        for (Constraints.Placed placed : constraints.placed()) {
            if (placed.fixed() && placed.property().equals(component.getName())) {
                PlainConstraint.check(placed.constraint(), component.getType(), factory)
                        .map(check -> new Check(placed.rule(), check))
                        .ifPresent(checks::add);
            }
        }
        return List.copyOf(checks);
    }

    @Override
    public List<Violation> of(R record) {
        CheckContext context = new CheckContext();
        List<Breach> breaches = List.of();
        try {
            for (Field field : fields) {
                Breach breach = field.breach(record, context);
                if (breach != null) {
                    breaches = breaches.isEmpty() ? new ArrayList<>(fields.size()) : breaches;
                    breaches.add(breach);
                }
            }
        } catch (CheckContext.Inadequate _) {
            return validated.of(record);
        }
        return breaches.isEmpty() ? List.of() : worded(breaches, record);
    }

    private List<Violation> worded(List<Breach> breaches, R record) {
        List<Violation> violations = new ArrayList<>(breaches.size());
        for (Breach breach : breaches) {
            Violation violation = breach.check().told(breach.named());
            if (violation == null) {
                return learned(breaches, validated.of(record));
            }
            violations.add(violation);
        }
        return violations;
    }

    private static List<Violation> learned(List<Breach> breaches, List<Violation> violations) {
        if (breaches.size() == violations.size()) {
            for (int i = 0; i < breaches.size(); i++) {
                breaches.get(i).check().learn(breaches.get(i).named(), violations.get(i));
            }
        }
        return violations;
    }
}
