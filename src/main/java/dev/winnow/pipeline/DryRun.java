package dev.winnow.pipeline;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Judge;
import dev.winnow.decision.Rules;
import dev.winnow.decision.Violation;
import dev.winnow.file.PoisonFileException;
import dev.winnow.receipt.Receipt;
import dev.winnow.record.Header;
import dev.winnow.record.ReadLimits;
import dev.winnow.record.RecordReader;
import dev.winnow.record.SourceRecord;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What would become of a file: read and decided as the intake does it, with nothing kept but counts.
///
/// @param violations how often each code was given
public record DryRun(Header header, Receipt.Records records, SortedMap<String, Long> violations) {

    /// Decides a source, in memory that does not grow with it.
    ///
    /// @param each is told every decision, in the order of the records
    /// @throws PoisonFileException when it cannot be read as records, whatever was decided by then
    public static DryRun of(Rules rules, InputStream source, ReadLimits limits, Consumer<Decision> each) {
        try (RecordReader reader = RecordReader.open(source, rules.columns(), limits)) {
            Judge judge = rules.judge(reader.header());
            Count count = new Count();
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                Decision decision = judge.decide(record);
                count.add(decision);
                each.accept(decision);
            }
            return new DryRun(reader.header(), count.records(), count.violations);
        }
    }

    private static final class Count {

        private final SortedMap<String, Long> violations = new TreeMap<>();
        private long accepted;
        private long rejected;
        private long unreadable;

        private void add(Decision decision) {
            switch (decision) {
                case Decision.Accepted _ -> accepted++;
                case Decision.Rejected rejection -> {
                    rejected++;
                    rejection.violations().forEach(this::add);
                }
                case Decision.Unreadable(long _, Violation violation) -> {
                    unreadable++;
                    add(violation);
                }
            }
        }

        private void add(Violation violation) {
            violations.merge(violation.code(), 1L, Long::sum);
        }

        private Receipt.Records records() {
            return new Receipt.Records(accepted + rejected + unreadable, accepted, rejected, unreadable);
        }
    }
}
