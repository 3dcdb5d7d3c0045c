package dev.winnow.output;

import dev.winnow.record.Header;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which columns the outputs of one file have.
///
/// A corrected reject file may be dropped as it is: when a header starts with the annotation's own columns,
/// these are taken off and made anew.
final class Columns {

    static final List<String> ANNOTATION = List.of("line", "codes", "reasons");

    private final List<String> successful;
    private final List<String> unsuccessful;
    private final int annotated;
    private final int[] carried;

    /// @param required the columns that the dataset reads; all others are carried through
    /// @param derived  the columns that the dataset writes
    Columns(Header header, List<String> required, List<String> derived) {
        List<String> names = header.names();
        this.annotated = startsWithAnnotation(names) ? ANNOTATION.size() : 0;
        Set<String> read = new HashSet<>();
        required.forEach(column -> read.add(Header.normal(column)));
        this.successful = new ArrayList<>(derived);
        Set<String> taken = new HashSet<>(derived);
        names.forEach(name -> taken.add(Header.normal(name)));
        List<Integer> indexes = new ArrayList<>();
        for (int i = annotated; i < names.size(); i++) {
            if (!read.contains(Header.normal(names.get(i)))) {
                indexes.add(i);
                String name = names.get(i);
                successful.add(derived.contains(Header.normal(name)) ? renamed(name, taken) : name);
            }
        }
        this.carried = indexes.stream().mapToInt(Integer::intValue).toArray();
        this.unsuccessful = new ArrayList<>(ANNOTATION);
        unsuccessful.addAll(names.subList(annotated, names.size()));
    }

    /// The successful output's header: the derived columns, then those carried through. One of these that is
    /// named as a derived column gets `source_` before its name, as often as it takes.
    List<String> successful() {
        return successful;
    }

    /// The unsuccessful output's header: the annotation, then the source's own columns.
    List<String> unsuccessful() {
        return unsuccessful;
    }

    /// Writes a row of the successful output.
    void writeSuccessful(List<String> derived, List<String> source, CsvRows to) {
        for (String value : derived) {
            to.field(value);
        }
        for (int index : carried) {
            to.field(source.get(index));
        }
        to.endRow();
    }

    /// Writes a row of the unsuccessful output: the source's values as they came, however many.
    void writeUnsuccessful(long line, Annotations.Annotation annotation, List<String> source, CsvRows to) {
        to.field(Long.toString(line));
        to.encodedFields(annotation.written());
        for (int i = annotated; i < source.size(); i++) {
            to.field(source.get(i));
        }
        to.endRow();
    }

    private static String renamed(String name, Set<String> taken) {
        String renamed = name;
        do {
            renamed = "source_" + renamed;
        } while (!taken.add(Header.normal(renamed)));
        return renamed;
    }

    private static boolean startsWithAnnotation(List<String> names) {
        return names.size() > ANNOTATION.size()
                && names.subList(0, ANNOTATION.size()).stream()
                        .map(Header::normal)
                        .toList()
                        .equals(ANNOTATION);
    }
}
