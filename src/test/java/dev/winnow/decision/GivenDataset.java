package dev.winnow.decision;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A dataset given by its parts; a row becomes the record that `reading` makes of it.
record GivenDataset<R extends Record>(
        String name, List<String> columns, Class<R> type, Function<Fields, R> reading, Map<String, String> settings)
        implements Dataset<R> {

    static <R extends Record> GivenDataset<R> of(Class<R> type, Function<Fields, R> reading) {
        return new GivenDataset<>("given", List.of("a", "b"), type, reading, Map.of("limit", "3"));
    }

    GivenDataset<R> named(String other) {
        return new GivenDataset<>(other, columns, type, reading, settings);
    }

    GivenDataset<R> withColumns(String... others) {
        return new GivenDataset<>(name, List.of(others), type, reading, settings);
    }

    GivenDataset<R> withSettings(Map<String, String> others) {
        return new GivenDataset<>(name, columns, type, reading, others);
    }

    @Override
    public R read(Fields fields) {
        return reading.apply(fields);
    }

    @Override
    public List<String> derivedColumns() {
        return List.of("whole");
    }

    @Override
    public List<String> derive(R accepted) {
        return List.of(accepted.toString());
    }
}
