package dev.winnow.record;

import java.util.List;
import java.util.Locale;

/// The names of a file's columns, as they came.
public record Header(List<String> names) {

    public Header {
        names = List.copyOf(names);
    }

    /// The position of the column, or -1 when the file lacks it.
    public int indexOf(String column) {
        String wanted = normal(column);
        for (int i = 0; i < names.size(); i++) {
            if (normal(names.get(i)).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    /// The form in which two names are compared.
    public static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
