package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.PoisonFileException;
import dev.winnow.record.SourceRecord.Row;
import dev.winnow.record.SourceRecord.Unreadable;
import dev.winnow.record.SourceRecord.WrongWidth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the cases of `dialects.txt`.
final class DialectTest {

    private record Case(String name, String text, List<String> expected) {}

    @TestFactory
    Stream<DynamicTest> textIsReadAsTheTableSays() {
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThan(30);
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    byte[] bytes = one.text().getBytes(StandardCharsets.UTF_8);
                    assertThat(told(new ByteArrayInputStream(bytes))).isEqualTo(one.expected());
                    assertThat(told(ChunkedSource.everyByteAlone(bytes))).isEqualTo(one.expected());
                }));
    }

    /// What happens when the source is read, in the words of the table.
    private static List<String> told(InputStream source) {
        List<String> told = new ArrayList<>();
        try (RecordReader reader = RecordReader.open(source, List.of(), Limits.DEFAULT)) {
            told.add("header " + joined(reader.header().names()));
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                told.add(
                        switch (record) {
                            case Row(long line, List<String> values) -> "row " + line + " " + joined(values);
                            case WrongWidth(long line, List<String> values) -> "width " + line + " " + joined(values);
                            case Unreadable(long line, String code, String _) -> "unreadable " + line + " " + code;
                        });
            }
        } catch (PoisonFileException e) {
            told.add("poison " + e.reason().code() + " " + e.detail());
        }
        return told;
    }

    private static String joined(List<String> values) {
        return String.join("|", values);
    }

    private static List<Case> cases() {
        return Arrays.stream(table().split("\n== "))
                .skip(1)
                .map(block -> block.lines().filter(line -> !line.isEmpty()).toList())
                .map(lines -> new Case(
                        lines.getFirst(),
                        unescaped(argument(lines.get(1))),
                        lines.stream()
                                .skip(2)
                                .map(line -> word(line) + " " + unescaped(argument(line)))
                                .toList()))
                .toList();
    }

    private static String word(String line) {
        return line.substring(0, 8).strip();
    }

    private static String argument(String line) {
        return line.substring(8);
    }

    private static String unescaped(String text) {
        return text.replace('␊', '\n')
                .replace('␍', '\r')
                .replace('␉', '\t')
                .replace('␠', ' ')
                .replace('␀', '\0')
                .replace("<BOM>", "\uFEFF")
                .replace("∅", "");
    }

    private static String table() {
        try (InputStream table = Objects.requireNonNull(DialectTest.class.getResourceAsStream("dialects.txt"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
