package dev.winnow.record;

import java.util.List;

/// One data row of a file.
///
/// The values are the sender's, unescaped and otherwise untouched. As they are a person's data, `toString` leaves
/// them out.
public sealed interface SourceRecord {

    /// The physical line on which the record starts; the file's first line is 1.
    long line();

    /// The values as they came; none of a record that could not be read.
    List<String> values();

    /// A record with as many values as the header has names.
    record Row(long line, List<String> values) implements SourceRecord {

        public Row {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return "Row[line=" + line + ", values=" + values.size() + "]";
        }
    }

    /// A record with fewer or more values than the header has names.
    record WrongWidth(long line, List<String> values) implements SourceRecord {

        public WrongWidth {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return "WrongWidth[line=" + line + ", values=" + values.size() + "]";
        }
    }

    /// A record over the limits, whose values are not kept.
    ///
    /// @param code    `record.too-long` or `record.too-many-fields`
    /// @param message the limit that it passes, in a sentence
    record Unreadable(long line, String code, String message) implements SourceRecord {

        /// The record has more characters than [ReadLimits#longestRecord()].
        public static final String TOO_LONG = "record.too-long";

        /// The record has more fields than [ReadLimits#mostFields()].
        public static final String TOO_MANY_FIELDS = "record.too-many-fields";

        @Override
        public List<String> values() {
            return List.of();
        }
    }
}
