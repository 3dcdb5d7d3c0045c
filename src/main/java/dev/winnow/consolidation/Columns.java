package dev.winnow.consolidation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The columns of an hour: all of its outputs' columns, in the order in which they first appear.
///
/// A column is told by its name as written and by how many of that name stand before it in the same header, since
/// names may repeat, the empty one above all.
final class Columns {

    /// Beyond, the cells that outputs lack would outweigh those that they have.
    static final int MOST = 16_384;

    private final Map<Column, Integer> places = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    private record Column(String name, int before) {}

    /// Adds the columns of a header that are not there yet.
    ///
    /// @throws IncompleteException when they become too many
    void add(List<String> header) {
        if (header.equals(names)) {
            return;
        }
        for (Column column : columns(header)) {
            if (places.putIfAbsent(column, names.size()) == null) {
                names.add(column.name());
            }
        }
        if (names.size() > MOST) {
            throw new IncompleteException("Cannot put the outputs together: they have more than " + MOST + " columns");
        }
    }

    /// All columns.
    List<String> names() {
        return names;
    }

    /// Where the fields of a row under a header go.
    List<Integer> places(List<String> header) {
        return columns(header).stream()
                .map(column -> Objects.requireNonNull(places.get(column), "a column of no header"))
                .toList();
    }

    /// A row under all columns. Fields that it has beyond its own header stand behind them all.
    ///
    /// @param places what [#places] says of the row's header
    List<String> row(List<String> fields, List<Integer> places) {
        String[] row = new String[names.size() + Math.max(0, fields.size() - places.size())];
        Arrays.fill(row, "");
        for (int i = 0; i < fields.size(); i++) {
            row[i < places.size() ? places.get(i) : names.size() + i - places.size()] = fields.get(i);
        }
        return Arrays.asList(row);
    }

    private static List<Column> columns(List<String> header) {
        Map<String, Integer> seen = new HashMap<>();
        return header.stream()
                .map(name -> new Column(name, seen.merge(name, 1, Integer::sum) - 1))
                .toList();
    }
}
