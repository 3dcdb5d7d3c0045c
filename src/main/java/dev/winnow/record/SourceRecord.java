package dev.winnow.record;

import java.util.List;

/// One data row of a file.
public sealed interface SourceRecord {

    long line();

    record Row(long line, List<String> values) implements SourceRecord {}

    record WrongWidth(long line, List<String> values) implements SourceRecord {}

    record Unreadable(long line, String code, String message) implements SourceRecord {}
}
