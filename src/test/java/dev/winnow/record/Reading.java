package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.winnow.file.PoisonFileException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads whole sources.
final class Reading {

    private Reading() {}

    static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<SourceRecord> all(InputStream source) {
        return all(source, Limits.DEFAULT);
    }

    static List<SourceRecord> all(InputStream source, ReadLimits limits) {
        try (RecordReader reader = RecordReader.open(source, List.of(), limits)) {
            return rest(reader);
        }
    }

    /// Reads until the file is refused, and fails when it never is.
    static PoisonFileException refusal(InputStream source) {
        return refusal(source, Limits.DEFAULT);
    }

    static PoisonFileException refusal(InputStream source, ReadLimits limits) {
        PoisonFileException refusal = catchThrowableOfType(PoisonFileException.class, () -> all(source, limits));
        assertThat(refusal).as("the file is refused").isNotNull();
        return refusal;
    }

    static List<SourceRecord> rest(RecordReader reader) {
        List<SourceRecord> records = new ArrayList<>();
        for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }
}
