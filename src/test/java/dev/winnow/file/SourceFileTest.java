package dev.winnow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceFileTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    '',     key, tag,       1,  'bucket, key and ETag must not be empty'
                    bucket, '',  tag,       1,  'bucket, key and ETag must not be empty'
                    bucket, key, '',        1,  'bucket, key and ETag must not be empty'
                    bucket, key, '"tag"',   1,  its ETag still has its quotation marks
                    bucket, key, tag,       -1, its size is negative
                    """)
    void whatCannotBeAFileIsNone(String bucket, String key, String eTag, long size, String why) {
        assertThatThrownBy(() -> new SourceFile(bucket, key, Optional.empty(), eTag, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot name a file: " + why);
    }

    @Test
    void anEmptyObjectIsAFile() {
        assertThat(new SourceFile("bucket", "key", Optional.empty(), "tag", 0).size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "incoming/membership/2026/members.csv, members.csv",
        "members.csv, members.csv",
        "incoming/membership/a\\b.csv, a\\b.csv",
        "incoming/membership/, ''"
    })
    void theBaseNameIsTheLastSegmentOfTheKey(String key, String baseName) {
        assertThat(new SourceFile("bucket", key, Optional.empty(), "tag", 1).baseName())
                .isEqualTo(baseName);
    }
}
