package dev.winnow.decision;

/// The values of one row by the names of the dataset's own columns.
@FunctionalInterface
public interface Fields {

    /// The value as it came. Asking for a column that the dataset does not list is a bug and throws.
    String value(String column);
}
