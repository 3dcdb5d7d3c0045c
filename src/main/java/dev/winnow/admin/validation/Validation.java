package dev.winnow.admin.validation;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Rules;
import dev.winnow.decision.Violation;
import dev.winnow.file.PoisonFileException;
import dev.winnow.pipeline.DryRun;
import dev.winnow.record.Header;
import dev.winnow.record.ReadLimits;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One dry run: a file is read and decided as the intake does it, and nothing of it is kept but counts.
final class Validation {

    /// How many rows that are not accepted are listed.
    static final int LISTED_ROWS = 100;

    private static final int LISTED_COLUMNS = 100;
    private static final int LONGEST_LISTED_NAME = 40;

    private final Rules rules;
    private final List<ValidationResult.Row> rows = new ArrayList<>();

    private Validation(Rules rules) {
        this.rules = rules;
    }

    /// Decides an upload, in memory that does not grow with it.
    static ValidationResult of(Rules rules, InputStream upload, ReadLimits limits) {
        return new Validation(rules).run(upload, limits);
    }

    private ValidationResult run(InputStream upload, ReadLimits limits) {
        try {
            DryRun decided = DryRun.of(rules, upload, limits, this::list);
            return new ValidationResult(
                    rules.dataset(),
                    rules.version(),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(columns(decided.header())),
                    Optional.of(decided.records()),
                    decided.violations(),
                    rows,
                    decided.records().rejected() + decided.records().unreadable() > rows.size());
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

    private void list(Decision decision) {
        switch (decision) {
            case Decision.Accepted _ -> {}
            case Decision.Rejected(long line, List<Violation> broken) -> list(line, broken);
            case Decision.Unreadable(long line, Violation broken) -> list(line, List.of(broken));
        }
    }

    private void list(long line, List<Violation> broken) {
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
