package dev.winnow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileIdTest {

    /// The ids are the first 24 digits of what `sha256sum` says of the four fields joined by line feeds. They stand in
    /// receipts that are never deleted, so they may never change.
    @ParameterizedTest
    @CsvSource({
        "intake, incoming/membership/a.csv, 9e107d9d372bb6826bd81d3542a419d6, 43, a6b0479138f484059b058468",
        "intake, incoming/membership/ünï 😀.csv, 0-1, 0, af10c099b74d6c62d439fafa"
    })
    void anIdIsTheDigestOfBucketKeyETagAndSize(String bucket, String key, String eTag, long size, String id) {
        assertThat(new SourceFile(bucket, key, Optional.empty(), eTag, size).id())
                .hasToString(id);
    }

    @Test
    void theSameContentAtTheSameKeyIsTheSameFileWhateverItsVersion() {
        SourceFile one = new SourceFile("b", "k", Optional.of("v1"), "tag", 1);
        SourceFile two = new SourceFile("b", "k", Optional.of("v2"), "tag", 1);
        SourceFile unversioned = new SourceFile("b", "k", Optional.empty(), "tag", 1);

        assertThat(one.id()).isEqualTo(two.id()).isEqualTo(unversioned.id());
    }

    @Test
    void eachFieldTellsFilesApart() {
        assertThat(List.of(
                        FileId.of("b", "k", "tag", 1),
                        FileId.of("c", "k", "tag", 1),
                        FileId.of("b", "l", "tag", 1),
                        FileId.of("b", "k", "gat", 1),
                        FileId.of("b", "k", "tag", 2),
                        FileId.of("bk", "k", "tag", 1),
                        FileId.of("b", "k\ntag", "tag", 1),
                        FileId.of("b", "k", "tag", 11)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456",
                "0123456789abcdef012345678",
                "0123456789ABCDEF01234567",
                "0123456789abcdef0123456g",
                "0123456789abcdef01234567\n",
                "../456789abcdef012345678"
            })
    void nothingElseIsAnId(String text) {
        assertThatThrownBy(() -> new FileId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use as a file id: not 24 lower-case hexadecimal digits");
    }
}
