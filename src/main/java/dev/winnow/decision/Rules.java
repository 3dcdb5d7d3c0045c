package dev.winnow.decision;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.Header;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// All that decides the records of one dataset: its columns, its constraints, and the version that names them.
///
/// Immutable and shared between threads.
public final class Rules {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final Dataset<?> dataset;
    private final Function<Header, Judge> judges;
    private final String version;

    private Rules(Dataset<?> dataset, Function<Header, Judge> judges, String version) {
        this.dataset = dataset;
        this.judges = judges;
        this.version = version;
    }

    /// Reads the rules off a dataset.
    ///
    /// @throws IllegalArgumentException when its name, columns or constraints cannot serve
    public static Rules of(Dataset<?> dataset, ValidatorFactory validators) {
        if (!NAME.matcher(dataset.name()).matches()) {
            throw new IllegalArgumentException(
                    "Cannot use the dataset '%s': its name is not lower-case letters, digits and single hyphens"
                            .formatted(dataset.name()));
        }
        requireDistinct(dataset.name(), "required", dataset.columns());
        requireDistinct(dataset.name(), "derived", dataset.derivedColumns());
        return read(dataset, validators);
    }

    private static <R extends Record> Rules read(Dataset<R> dataset, ValidatorFactory validators) {
        Constraints constraints = new Constraints(dataset.type(), validators);
        Breaches<R> breaches = Breaches.of(dataset.type(), constraints, validators);
        return new Rules(
                dataset,
                header -> new RecordJudge<>(dataset, breaches, header),
                RulesVersion.of(dataset, constraints.statements()));
    }

    public String dataset() {
        return dataset.name();
    }

    /// The columns that a file must have.
    public List<String> columns() {
        return dataset.columns();
    }

    /// The columns of an accepted record.
    public List<String> derivedColumns() {
        return dataset.derivedColumns();
    }

    /// The first 12 hexadecimal digits of SHA-256 over everything that is configured or declared about these rules.
    ///
    /// It is the same in every JVM, and another as soon as a constraint, a message, a column or a threshold is. It
    /// does not see code, a dataset's cleaning or a validator's logic: there, Winnow's own version tells.
    public String version() {
        return version;
    }

    /// Binds these rules to a file's header.
    ///
    /// @throws PoisonFileException when the header lacks a required column
    public Judge judge(Header header) {
        List<String> missing = new ArrayList<>();
        for (String column : dataset.columns()) {
            if (header.indexOf(column) < 0) {
                missing.add(column);
            }
        }
        if (!missing.isEmpty()) {
            throw new PoisonFileException(
                    Reason.HEADER_MISSING, "The header lacks these columns: " + String.join(", ", missing));
        }
        return judges.apply(header);
    }

    private static void requireDistinct(String dataset, String kind, List<String> columns) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(Header.normal(column))) {
                throw new IllegalArgumentException("Cannot use the dataset '%s': its %s column %s is listed twice"
                        .formatted(dataset, kind, column));
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot use the dataset '%s': it lists no %s column".formatted(dataset, kind));
        }
    }
}
