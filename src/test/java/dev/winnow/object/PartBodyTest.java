package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

final class PartBodyTest {

    @Test
    void aRetrySendsTheSameFirstBytesOfTheBuffer() throws IOException {
        RequestBody body = PartBody.of(new byte[] {1, 2, 3, 4, 5}, 3);

        assertThat(body.optionalContentLength()).contains(3L);
        for (int attempt = 1; attempt <= 3; attempt++) {
            try (InputStream sent = body.contentStreamProvider().newStream()) {
                assertThat(sent.readAllBytes()).containsExactly(1, 2, 3);
            }
        }
    }
}
