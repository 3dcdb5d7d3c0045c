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

    /// A dataset's rules are broken in fewer ways, unless their words quote the record.
    private static final int MOST_KEPT = 1 << 8;

    /// The codes and the reasons of some records.
    static final class Annotation {

        private final List<Violation> violations;
        private final byte[] written;
        private long times;

        private Annotation(List<Violation> violations) {
            this.violations = List.copyOf(violations);
            this.written = CsvRows.encoded(
                    List.of(joined(violations, Violation::code), harmless(joined(violations, Violation::message))));
        }

        /// Codes and reasons, as they stand behind the line.
        byte[] written() {
            return written;
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
            if (annotation.times > 0) {
                annotation.violations.forEach(violation -> codes.merge(violation.code(), annotation.times, Long::sum));
            }
        }
        return codes;
    }

    /// Starts counting anew. What was put together is kept, as long as it is not too much.
    void clear() {
        if (kept.size() > MOST_KEPT) {
            kept.clear();
        }
        kept.values().forEach(annotation -> annotation.times = 0);
    }

    /// How many are kept for the records to come.
    int kept() {
        return kept.size();
    }
}
