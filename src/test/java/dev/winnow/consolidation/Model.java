package dev.winnow.consolidation;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.winnow.receipt.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What an hour's outputs are together, the plain way: all of them in memory, read whole, every row written anew.
final class Model {

    private Model() {}

    static Optional<String> together(Bucket bucket, Outcome outcome) {
        Map<String, List<List<String>>> outputs = new TreeMap<>();
        bucket.files.stream()
                .filter(file -> file.generation > 0)
                .sorted(Comparator.comparing(file -> file.id().value()))
                .forEach(file -> bucket.text(bucket.key(file, outcome))
                        .ifPresent(text -> outputs.put(file.id().value(), rows(text))));
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        Set<List<Object>> columns = new LinkedHashSet<>();
        outputs.values().forEach(rows -> columns.addAll(columns(rows.getFirst())));
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord(
                columns.stream().map(column -> column.getFirst().toString()).toList());
        for (List<List<String>> rows : outputs.values()) {
            List<List<Object>> own = columns(rows.getFirst());
            boolean alike = own.equals(List.copyOf(columns));
            for (List<String> row : rows.subList(1, rows.size())) {
                csv.writeRecord(alike ? row : spread(row, own, List.copyOf(columns)));
            }
        }
        flush(csv);
        return Optional.of(text.toString());
    }

    private static void flush(CsvWriter csv) {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> spread(List<String> row, List<List<Object>> own, List<List<Object>> all) {
        List<String> spread = all.stream()
                .map(column -> own.indexOf(column))
                .map(place -> place < 0 || place >= row.size() ? "" : row.get(place))
                .collect(Collectors.toCollection(ArrayList::new));
        spread.addAll(row.subList(Math.min(own.size(), row.size()), row.size()));
        return spread;
    }

    /// Each name with how many of it come before.
    private static List<List<Object>> columns(List<String> header) {
        List<List<Object>> columns = new ArrayList<>();
        for (String name : header) {
            long before =
                    columns.stream().filter(it -> it.getFirst().equals(name)).count();
            columns.add(List.of(name, before));
        }
        return columns;
    }

    private static List<List<String>> rows(String text) {
        return CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)
                .stream()
                .map(CsvRecord::getFields)
                .toList();
    }
}
