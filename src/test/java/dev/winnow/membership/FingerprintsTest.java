package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FingerprintsTest {

    private final Fingerprints fingerprints = new Fingerprints();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01",
                "1899-12-31",
                "1900-01-01",
                "1970-01-01",
                "1995-02-28",
                "1995-03-01",
                "2099-12-31",
                "2100-01-01",
                "9999-12-31"
            })
    void everyDayIsHashedTheFirstTimeAndTheSecond(LocalDate day) {
        String text = day.toString();
        MessageDigest sha256 = Sha256.digest();
        sha256.update(text.getBytes(StandardCharsets.US_ASCII));
        String expected = Sha256.hex(sha256).substring(0, 5);

        assertThat(fingerprints.of(day, text)).isEqualTo(expected);
        assertThat(fingerprints.of(day, text)).isEqualTo(expected);
    }
}
