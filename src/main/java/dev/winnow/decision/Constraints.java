package dev.winnow.decision;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The constraints of one record type, each at its place in the rules' order.
///
/// A validator reports breaches as an unordered set; this puts them in the order in which the source states the rules:
/// by component, then by annotation, constraints on the record itself last. The rules of a field build on one another,
/// so of each field only the first breach is reported: an address that is malformed is not also in the wrong domain.
final class Constraints {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /// A constraint where it was found.
    ///
    /// @param property the component, or the empty text for the record itself
    /// @param fixed    whether its message is worded without a look at the value
    record Placed(String property, ConstraintDescriptor<?> constraint, Rule rule, boolean fixed) {}

    private final List<Placed> placed = new ArrayList<>();

    // By identity: the same constraint on two components is two rules, and equals cannot tell them apart.
    private final IdentityHashMap<ConstraintDescriptor<?>, Rule> rules = new IdentityHashMap<>();
    private final List<String> statements = new ArrayList<>();
    private final MessageProbe probe;

    /// @throws IllegalArgumentException when a constraint has no place in the order or would repeat a record's values
    Constraints(Class<? extends Record> type, ValidatorFactory factory) {
        this.probe = new MessageProbe(factory.getMessageInterpolator());
        BeanDescriptor bean = factory.getValidator().getConstraintsForClass(type);
        for (String name : properties(type, bean)) {
            PropertyDescriptor property = bean.getConstraintsForProperty(name);
            if (property.isCascaded()
                    || !property.getConstrainedContainerElementTypes().isEmpty()) {
                throw new IllegalArgumentException("Cannot use %s: %s has constraints inside its type, a record is flat"
                        .formatted(type.getName(), name));
            }
            addAll(name, property.getConstraintDescriptors(), declaration(type, name));
        }
        addAll("", bean.getConstraintDescriptors(), type);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("Cannot use %s: it has no constraint".formatted(type.getName()));
        }
    }

    /// Every constraint, by the rank of its rule.
    List<Placed> placed() {
        return List.copyOf(placed);
    }

    /// Each rule with all that its verdict depends on, in order and in a form that is the same in every JVM.
    List<String> statements() {
        return List.copyOf(statements);
    }

    /// What to report of the breaches of one record.
    List<Violation> explain(Set<? extends ConstraintViolation<?>> breaches) {
        @Nullable Violation[] ranked = new @Nullable Violation[rules.size()];
        for (ConstraintViolation<?> breach : breaches) {
            Rule rule = rules.get(breach.getConstraintDescriptor());
            if (rule == null) {
                throw new IllegalStateException(
                        "Cannot explain a breach: its constraint is not among those of " + breach.getRootBeanClass());
            }
            ranked[rule.rank()] = rule.brokenWith(breach.getMessage());
        }
        List<Violation> reported = new ArrayList<>(breaches.size());
        for (Violation violation : ranked) {
            if (violation != null
                    && (reported.isEmpty() || !reported.getLast().field().equals(violation.field()))) {
                reported.add(violation);
            }
        }
        return List.copyOf(reported);
    }

    private void addAll(String property, Set<ConstraintDescriptor<?>> constraints, AnnotatedElement declaration) {
        constraints.stream()
                .sorted(Comparator.<ConstraintDescriptor<?>, Annotation>comparing(
                                ConstraintDescriptor::getAnnotation, declarationOrder(declaration))
                        .thenComparing(Constraints::statement))
                .forEach(constraint -> add(property, constraint));
    }

    /// Adds the constraint, then those that it is composed of.
    private void add(String property, ConstraintDescriptor<?> constraint) {
        String field = spelled(property, '_');
        String constraintName = constraint.getAnnotation().annotationType().getSimpleName();
        String code = (field.isEmpty() ? "record" : field) + '.' + spelled(constraintName, '-');
        boolean fixed = probe.requireSilence(constraint);
        Rule rule = new Rule(rules.size(), field, code);
        rules.put(constraint, rule);
        placed.add(new Placed(property, constraint, rule, fixed));
        statements.add(field + ' ' + statement(constraint));
        constraint.getComposingConstraints().stream()
                .sorted(Comparator.comparing(Constraints::statement))
                .forEach(part -> add(property, part));
    }

    private static String statement(ConstraintDescriptor<?> constraint) {
        StringBuilder statement =
                new StringBuilder(constraint.getAnnotation().annotationType().getName());
        new TreeMap<>(constraint.getAttributes())
                .forEach((name, value) -> statement
                        .append(' ')
                        .append(name)
                        .append('=')
                        .append(Arrays.deepToString(new Object[] {value})));
        return statement.toString();
    }

    /// Orders annotations as their declaration does; repeated ones stand, in their order, where their container does.
    private static Comparator<Annotation> declarationOrder(AnnotatedElement declaration) {
        List<Class<?>> types = new ArrayList<>();
        for (Annotation declared : declaration.getDeclaredAnnotations()) {
            types.add(declared.annotationType());
        }
        return Comparator.<Annotation>comparingInt(annotation -> {
                    Class<?> type = annotation.annotationType();
                    Repeatable repeatable = type.getAnnotation(Repeatable.class);
                    return types.indexOf(repeatable == null || types.contains(type) ? type : repeatable.value());
                })
                .thenComparingInt(annotation -> Arrays.asList(
                                declaration.getDeclaredAnnotationsByType(annotation.annotationType()))
                        .indexOf(annotation));
    }

    /// The constrained components in their order, then other constrained properties, such as `isInOrder()`, by name.
    private static List<String> properties(Class<? extends Record> type, BeanDescriptor bean) {
        Set<String> constrained = new TreeSet<>();
        bean.getConstrainedProperties().forEach(property -> constrained.add(property.getPropertyName()));
        List<String> properties = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (constrained.remove(component.getName())) {
                properties.add(component.getName());
            }
        }
        properties.addAll(constrained);
        return properties;
    }

    /// Where the property's constraints are read off in order: its field, or nowhere in particular when it has none.
    private static AnnotatedElement declaration(Class<?> type, String name) {
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals(name)) {
                return field;
            }
        }
        return type;
    }

    /// The words of a Java name in lower case: `dateOfBirth` as `date_of_birth` or `date-of-birth`.
    private static String spelled(String name, char separator) {
        return WORD_START.matcher(name).replaceAll(String.valueOf(separator)).toLowerCase(Locale.ROOT);
    }
}
