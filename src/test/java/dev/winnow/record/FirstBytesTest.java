package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are refused by their first bytes.
final class FirstBytesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "first-bytes.tsv", delimiter = '\t')
    void fileIsRefusedForWhatItsFirstBytesShow(String hexadecimal, String reason, String detail) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        PoisonFileException refusal = Reading.refusal(new ByteArrayInputStream(bytes));
        assertThat(refusal.reason().code()).isEqualTo(reason);
        assertThat(refusal.detail()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ustar\0", "ustar  \0"})
    void tarArchiveIsNamedEvenInsideGzip(String mark) {
        byte[] tar = new byte[1024];
        Arrays.fill(tar, 0, 100, (byte) 'n');
        System.arraycopy(mark.getBytes(StandardCharsets.US_ASCII), 0, tar, 257, mark.length());
        PoisonFileException refusal = Reading.refusal(new ByteArrayInputStream(Packing.pack(Compression.GZIP, tar)));
        assertThat(refusal.reason()).isEqualTo(Reason.COMPRESSION_UNSUPPORTED);
        assertThat(refusal.detail()).contains("a tar archive");
    }
}
