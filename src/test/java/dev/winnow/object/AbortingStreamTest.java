package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

final class AbortingStreamTest {

    private final AtomicBoolean givenUp = new AtomicBoolean();

    /// A connection can be used again only when it was read to its end and closed.
    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "9, true", "10, false", "11, false"})
    void aConnectionIsGivenUpUnlessItsLastByteWasRead(int asked, boolean expected) throws IOException {
        try (AbortingStream stream = stream(10, 10)) {
            stream.readNBytes(asked);
        }

        assertThat(givenUp.get()).isEqualTo(expected);
    }

    @Test
    void bytesReadOneByOneCountToo() throws IOException {
        try (AbortingStream stream = stream(3, 3)) {
            assertThat(List.of(stream.read(), stream.read(), stream.read())).containsExactly(0, 0, 0);
        }

        assertThat(givenUp).isFalse();
    }

    @Test
    void aConnectionThatEndedEarlyIsGivenUp() throws IOException {
        try (AbortingStream stream = stream(10, 4)) {
            assertThat(stream.readAllBytes()).hasSize(4);
            assertThat(stream.read()).isEqualTo(-1);
        }

        assertThat(givenUp).isTrue();
    }

    private AbortingStream stream(long promised, int sent) {
        return new AbortingStream(new ResponseInputStream<>(
                GetObjectResponse.builder().contentLength(promised).build(),
                AbortableInputStream.create(new ByteArrayInputStream(new byte[sent]), () -> givenUp.set(true))));
    }
}
