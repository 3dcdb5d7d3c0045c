package dev.winnow.admin.validation;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One dry run: a file is read and decided as the intake does it, and nothing of it is kept but counts.
final class Validation {

    /// How many rows that are not accepted are listed.
    static final int LISTED_ROWS = 100;

    private static final int LISTED_COLUMNS = 100;
    private static final int LONGEST_LISTED_NAME = 40;

    private final Rules rules;
    private final SortedMap<String, Long> violations = new TreeMap<>();
    private final List<ValidationResult.Row> rows = new ArrayList<>();
    private long accepted;
    private long rejected;
    private long unreadable;

    private Validation(Rules rules) {
        this.rules = rules;
    }

    /// Decides an upload, in memory that does not grow with it.
    static ValidationResult of(Rules rules, InputStream upload, ReadLimits limits) {
        return new Validation(rules).run(upload, limits);
    }

    private ValidationResult run(InputStream upload, ReadLimits limits) {
        try (RecordReader reader = RecordReader.open(upload, rules.columns(), limits)) {
            Judge judge = rules.judge(reader.header());
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                count(judge.decide(record));
            }
            return new ValidationResult(
                    rules.dataset(),
                    rules.version(),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(columns(reader.header())),
                    Optional.of(new Receipt.Records(accepted + rejected + unreadable, accepted, rejected, unreadable)),
                    violations,
                    rows,
                    rejected + unreadable > rows.size());
        } catch (PoisonFileException e) {
            // Such a file has no outcome, whatever could be read of it.
            return new ValidationResult(
                    rules.dataset(),
                    rules.version(),
                    false,
                    Optional.of(e.reason().code()),
                    Optional.of(e.detail()),
                    Optional.of(e.missing()).filter(it -> !it.isEmpty()),
                    Optional.empty(),
                    Optional.empty(),
                    new TreeMap<>(),
                    List.of(),
                    false);
        }
    }

    private void count(Decision decision) {
        switch (decision) {
            case Decision.Accepted _ -> accepted++;
            case Decision.Rejected(long line, List<Violation> broken) -> {
                rejected++;
                note(line, broken);
            }
            case Decision.Unreadable(long line, Violation broken) -> {
                unreadable++;
                note(line, List.of(broken));
            }
        }
    }

    private void note(long line, List<Violation> broken) {
        broken.forEach(violation -> violations.merge(violation.code(), 1L, Long::sum));
        if (rows.size() < LISTED_ROWS) {
            rows.add(new ValidationResult.Row(line, broken));
        }
    }

    /// Names that no rule knows are told, since every required column is there: the first row is no person's.
    private ValidationResult.Columns columns(Header header) {
        List<String> required = rules.columns();
        List<String> known = required.stream().map(Header::normal).toList();
        List<String> unknown = header.names().stream()
                .filter(name -> !known.contains(Header.normal(name)))
                .limit(LISTED_COLUMNS)
                .map(name -> name.length() <= LONGEST_LISTED_NAME ? name : name.substring(0, LONGEST_LISTED_NAME) + "…")
                .toList();
        return new ValidationResult.Columns(required, unknown);
    }
}
