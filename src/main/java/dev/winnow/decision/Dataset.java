package dev.winnow.decision;

import java.util.List;
import java.util.Map;

/// A kind of file: the columns it brings, the constrained record that a row becomes, and the columns that are derived.
///
/// An implementation is a CDI bean in a package of its own; being on the class path is all that adds it to the service.
/// Implementations are shared between threads.
///
/// @param <R> the record whose components carry the rules as Jakarta Validation constraints
public interface Dataset<R extends Record> {

    /// The word that names the dataset in keys, receipts and metrics: lower-case letters, digits and single hyphens.
    String name();

    /// The columns that a file must have, in any order and among any others.
    List<String> columns();

    /// The constrained record. Its component order, then the order of the constraints on each, is the rules' order.
    Class<R> type();

    /// Cleans one row into the typed record, leaving null what cannot be read so that a constraint can say so.
    ///
    /// Bad data is no error here: this never throws, whatever the values.
    R read(Fields fields);

    /// The columns of an accepted record, in order.
    List<String> derivedColumns();

    /// The values of an accepted record, one for each derived column.
    List<String> derive(R accepted);

    /// The configured thresholds in force by name: a part of the rules' version, as they change verdicts.
    Map<String, String> settings();
}
