package dev.winnow.decision;

import jakarta.validation.ConstraintValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule's own check, and how a breach of it was last worded. Safe for use by several threads.
final class Check {

    /// A breach's words, and what the check had named for them.
    private record Told(List<Object> named, Violation violation) {}

    private final Rule rule;
    private final ConstraintValidator<?, Object> validator;

    // Threads may overwrite each other's: each is true, and immutable.
    private @Nullable Told told;

    Check(Rule rule, ConstraintValidator<?, Object> validator) {
        this.rule = rule;
        this.validator = validator;
    }

    boolean passes(@Nullable Object value, CheckContext context) {
        return validator.isValid(value, context);
    }

    /// The words for a breach for which the check named these things, or null when they are not known.
    @Nullable
    Violation told(List<Object> named) {
        Told last = told;
        return last != null && last.named().equals(named) ? last.violation() : null;
    }

    /// Keeps the words in mind, if they are of this rule's field.
    void learn(List<Object> named, Violation violation) {
        if (violation.field().equals(rule.field())) {
            told = new Told(named, violation);
        }
    }
}
