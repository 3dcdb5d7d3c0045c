package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.record.SourceRecord.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordReaderTest {

    private static final List<String> REQUIRED = List.of("name", "email");

    @Test
    void requiredColumnsMayStandAnywhere() {
        try (RecordReader reader =
                RecordReader.open(Reading.utf8("id,EMAIL, Name\n1,j@example.com,Jane\n"), REQUIRED, Limits.DEFAULT)) {
            assertThat(reader.header().indexOf("name")).isEqualTo(2);
            assertThat(reader.next()).isEqualTo(new Row(2, List.of("1", "j@example.com", "Jane")));
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void fileWithoutItsColumnsIsRefusedWhenOpened() {
        assertThat(openRefusal("name,phone\nJane,1\n").reason()).isEqualTo(Reason.HEADER_MISSING);
        assertThat(openRefusal("name,email,NAME\nJane,j@example.com,Jane\n").reason())
                .isEqualTo(Reason.HEADER_DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jane Roe,j@example.com\n",
                "name,email\n\"Jane\"Roe,j@example.com\n",
                "name,email\nJane,\"Roe\n",
                "name,email\nJane,\0Roe\n",
                "Jane;Roe\n",
            })
    void noRefusalTellsWhatStandsInTheFile(String text) {
        PoisonFileException refusal = catchThrowableOfType(PoisonFileException.class, () -> {
            try (RecordReader reader = RecordReader.open(Reading.utf8(text), REQUIRED, Limits.DEFAULT)) {
                Reading.rest(reader);
            }
        });
        assertThat(refusal).hasNoCause();
        assertThat(refusal.detail()).doesNotContain("Jane", "Roe", "example", "'R'");
    }

    @Test
    void recordsAreNotPrinted() {
        assertThat(Reading.all(Reading.utf8("name,email\nJane,j@example.com\nJane\n")))
                .map(SourceRecord::toString)
                .containsExactly("Row[line=2, values=2]", "WrongWidth[line=3, values=1]");
    }

    private static PoisonFileException openRefusal(String text) {
        return catchThrowableOfType(
                PoisonFileException.class, () -> RecordReader.open(Reading.utf8(text), REQUIRED, Limits.DEFAULT));
    }
}
