package dev.winnow.decision;

import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import java.util.List;

/// Cleans, validates and derives the records of one file. Safe for use by several threads.
final class RecordJudge<R extends Record> implements Judge {

    private final Dataset<R> dataset;
    private final Breaches<R> breaches;
    private final String[] columns;
    private final int[] positions;
    private final int width;

    RecordJudge(Dataset<R> dataset, Breaches<R> breaches, Header header) {
        this.dataset = dataset;
        this.breaches = breaches;
        this.columns = dataset.columns().toArray(String[]::new);
        this.positions = dataset.columns().stream().mapToInt(header::indexOf).toArray();
        this.width = header.names().size();
    }

    @Override
    public Decision decide(SourceRecord source) {
        return switch (source) {
            case SourceRecord.Row(long line, List<String> values) -> decide(line, values);
            case SourceRecord.WrongWidth(long line, List<String> values) ->
                new Decision.Rejected(line, List.of(wrongWidth(values.size())));
            case SourceRecord.Unreadable(long line, String code, String message) ->
                new Decision.Unreadable(line, new Violation("", code, message));
        };
    }

    private Decision decide(long line, List<String> values) {
        R cleaned = dataset.read(column -> values.get(position(column)));
        List<Violation> broken = breaches.of(cleaned);
        return broken.isEmpty()
                ? new Decision.Accepted(line, dataset.derive(cleaned))
                : new Decision.Rejected(line, broken);
    }

    /// A walk over a handful of columns; a dataset asks with its own constants, so equality is mostly identity.
    private int position(String column) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].equals(column)) {
                return positions[i];
            }
        }
        throw new IllegalArgumentException(
                "Cannot read the column %s: the dataset %s does not list it".formatted(column, dataset.name()));
    }

    private Violation wrongWidth(int fields) {
        return new Violation(
                "",
                "record.width",
                "the row has %d %s, the header %d".formatted(fields, fields == 1 ? "field" : "fields", width));
    }
}
