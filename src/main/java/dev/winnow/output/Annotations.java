package dev.winnow.output;

import dev.winnow.decision.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is written beside rejected records, put together once for records that break the same rules.
final class Annotations {

    private static final String SEPARATOR = "; ";

    /// The codes and the reasons of some records.
    static final class Annotation {

        private final List<Violation> violations;
        private final String codes;
        private final String reasons;
        private long times;

        private Annotation(List<Violation> violations) {
            this.violations = List.copyOf(violations);
            this.codes = joined(violations, Violation::code);
            this.reasons = harmless(joined(violations, Violation::message));
        }

        String codes() {
            return codes;
        }

        String reasons() {
            return reasons;
        }

        private static String joined(List<Violation> violations, Function<Violation, String> words) {
            return violations.stream().map(words).collect(Collectors.joining(SEPARATOR));
        }

        /// A text that no spreadsheet runs as a formula: <https://owasp.org/www-community/attacks/CSV_Injection>.
        private static String harmless(String text) {
            return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        }
    }

    private final Map<List<Violation>, Annotation> kept = new HashMap<>();

    /// The annotation of one more record.
    Annotation of(List<Violation> violations) {
        Annotation annotation = kept.get(violations);
        if (annotation == null) {
            annotation = new Annotation(violations);
            kept.put(annotation.violations, annotation);
        }
        annotation.times++;
        return annotation;
    }

    /// How often each code was given.
    SortedMap<String, Long> codes() {
        SortedMap<String, Long> codes = new TreeMap<>();
        for (Annotation annotation : kept.values()) {
            annotation.violations.forEach(violation -> codes.merge(violation.code(), annotation.times, Long::sum));
        }
        return codes;
    }
}
