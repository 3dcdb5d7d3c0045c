package dev.winnow.record;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The column names of a file, in their order, as the sender wrote them.
///
/// A column is found by its name's normal form, so neither its place nor its case nor blanks around it matter. In a
/// file without a header these names are a person's data, so `toString` leaves them out.
public final class Header {

    private static final int LISTED_DUPLICATES = 5;
    private static final int LONGEST_LISTED_NAME = 40;

    private final List<String> names;
    private final Map<String, Integer> indexByNormalName;

    public Header(List<String> names) {
        this.names = List.copyOf(names);
        indexByNormalName = HashMap.newHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            indexByNormalName.putIfAbsent(normal(names.get(i)), i);
        }
    }

    /// The form by which names are compared: trimmed and in lower case.
    public static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    public List<String> names() {
        return names;
    }

    /// The place of a column, counted from 0, or -1 when the file does not have it.
    public int indexOf(String column) {
        return indexByNormalName.getOrDefault(normal(column), -1);
    }

    /// Refuses a header without one of the required columns, or with a name that stands twice.
    ///
    /// Names found are told only once every required column is there: until then they may be somebody's first row.
    void check(Collection<String> requiredColumns) {
        List<String> missing =
                requiredColumns.stream().filter(column -> indexOf(column) < 0).toList();
        if (!missing.isEmpty()) {
            throw new PoisonFileException(
                    Reason.HEADER_MISSING,
                    "Cannot find the required columns in the first row: missing " + String.join(", ", missing)
                            + separatorHint(),
                    missing);
        }
        Set<String> duplicates = duplicates();
        if (!duplicates.isEmpty()) {
            throw new PoisonFileException(
                    Reason.HEADER_DUPLICATE,
                    "Cannot tell the columns apart: the header names more than once " + listed(duplicates));
        }
    }

    private String separatorHint() {
        if (names.size() != 1) {
            return "";
        }
        String only = names.getFirst();
        if (only.indexOf(';') >= 0) {
            return "; the values seem to be separated by semicolons, and must be by commas";
        }
        if (only.indexOf('\t') >= 0) {
            return "; the values seem to be separated by tabs, and must be by commas";
        }
        return "";
    }

    /// The names that stand twice. Empty ones may: they come from commas at the ends of lines.
    private Set<String> duplicates() {
        Set<String> seen = new HashSet<>();
        return names.stream()
                .map(Header::normal)
                .filter(name -> !name.isEmpty() && !seen.add(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String listed(Set<String> names) {
        String some = names.stream()
                .limit(LISTED_DUPLICATES)
                .map(name -> name.length() <= LONGEST_LISTED_NAME ? name : name.substring(0, LONGEST_LISTED_NAME) + "…")
                .collect(Collectors.joining(", "));
        int others = names.size() - LISTED_DUPLICATES;
        return others > 0 ? some + " and " + others + " more" : some;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Header header && names.equals(header.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return "Header[names=" + names.size() + "]";
    }
}
