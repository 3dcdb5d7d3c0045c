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

    /// Far more than a dataset's rules make; beyond it, each is put together anew.
    private static final int MOST_KEPT = 1000;

    /// The codes and the reasons of one record.
    static final class Annotation {

        private final List<Violation> violations;
        private final String codes;
        private final String reasons;
        private long times;

        private Annotation(List<Violation> violations) {
            this.violations = violations;
            this.codes = joined(violations, Violation::code);
            this.reasons = joined(violations, Violation::message);
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
    }

    private final Map<List<Violation>, Annotation> kept = new HashMap<>();
    private final SortedMap<String, Long> others = new TreeMap<>();

    /// The annotation of one more record.
    Annotation of(List<Violation> violations) {
        Annotation annotation = kept.get(violations);
        if (annotation == null) {
            annotation = new Annotation(List.copyOf(violations));
            if (kept.size() == MOST_KEPT) {
                count(annotation, 1, others);
                return annotation;
            }
            kept.put(annotation.violations, annotation);
        }
        annotation.times++;
        return annotation;
    }

    /// How often each code was given so far.
    SortedMap<String, Long> codes() {
        SortedMap<String, Long> codes = new TreeMap<>(others);
        kept.values().forEach(annotation -> count(annotation, annotation.times, codes));
        return codes;
    }

    private static void count(Annotation annotation, long times, SortedMap<String, Long> codes) {
        annotation.violations.forEach(violation -> codes.merge(violation.code(), times, Long::sum));
    }
}
