package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8ReaderTest {

    private static final long SEED = 4242;
    private static final int BLOCK = 64 * 1024;

    private final Random random = new Random(SEED);

    @Test
    void charactersSurviveEverySplit() throws IOException {
        String text = "aé€😀".repeat(5);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(read(ChunkedSource.everyByteAlone(bytes))).isEqualTo(text);
        for (int place = 1; place < bytes.length; place++) {
            assertThat(read(ChunkedSource.splitAt(bytes, place)))
                    .as("split at %d", place)
                    .isEqualTo(text);
        }
    }

    @Test
    void textLongerThanABlockIsReadWhole() throws IOException {
        String text = random.ints(200_000, 1, 0x10FFFF)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(read(new ByteArrayInputStream(bytes))).as("seed %d", SEED).isEqualTo(text);
    }

    /// Runs of ASCII, whole characters, halves of them and bytes that stand nowhere.
    @Test
    void whateverComesIsReadAsJavasOwnDecoderReadsIt() {
        byte[][] pieces = {
            "a".repeat(9).getBytes(StandardCharsets.UTF_8),
            "name,".getBytes(StandardCharsets.UTF_8),
            "é".getBytes(StandardCharsets.UTF_8),
            "名€".getBytes(StandardCharsets.UTF_8),
            "😀".getBytes(StandardCharsets.UTF_8),
            {(byte) 0xc3},
            {(byte) 0xe2, (byte) 0x82},
            {(byte) 0x80},
            {(byte) 0xff}
        };
        for (int round = 0; round < 3000; round++) {
            ByteArrayOutputStream mixed = new ByteArrayOutputStream();
            for (int i = random.nextInt(12); i >= 0; i--) {
                // What is not whole is rare, or hardly any text would be.
                mixed.writeBytes(pieces[random.nextInt(random.nextInt(8) == 0 ? pieces.length : 5)]);
            }
            byte[] bytes = mixed.toByteArray();
            String named =
                    "seed " + SEED + ", round " + round + ": " + HexFormat.of().formatHex(bytes);
            CharBuffer expected = CharBuffer.allocate(bytes.length);
            ByteBuffer source = ByteBuffer.wrap(bytes);
            boolean malformed = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(source, expected, true)
                    .isError();

            Read read = readAll(ChunkedSource.inChunksOf(1 + random.nextInt(20), bytes));

            assertThat(read.text()).as(named).isEqualTo(expected.flip().toString());
            assertThat(read.detail().isPresent()).as(named).isEqualTo(malformed);
            read.detail()
                    .ifPresent(detail -> assertThat(detail)
                            .as(named)
                            .contains("malformed at byte offset " + source.position() + ";"));
        }
    }

    private record Read(String text, Optional<String> detail) {}

    /// All that is read, and why there is no more when it is not the end.
    private static Read readAll(InputStream source) {
        StringBuilder text = new StringBuilder();
        char[] some = new char[5];
        Utf8Reader reader = new Utf8Reader(source, 0);
        try {
            for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
                text.append(some, 0, count);
            }
            return new Read(text.toString(), Optional.empty());
        } catch (PoisonFileException e) {
            return new Read(text.toString(), Optional.of(e.detail()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void placeOfAMalformedByteIsTold() {
        for (int place : new int[] {0, 1, 7, 8, 8191, 8192, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK}) {
            PoisonFileException refusal = refusal(letters(place, (byte) 0xff));
            assertThat(refusal.reason()).isEqualTo(Reason.CHARSET_UNSUPPORTED);
            assertThat(refusal.detail()).contains("malformed at byte offset " + place + ";");
        }
    }

    @Test
    void placeOfANulIsTold() {
        for (int place : new int[] {0, 1, 6, 7, 8, 9, 8191, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5}) {
            PoisonFileException refusal = refusal(letters(place, (byte) 0));
            assertThat(refusal.reason()).isEqualTo(Reason.CSV_MALFORMED);
            assertThat(refusal.detail()).contains("NUL byte at offset " + place + ",");
        }
    }

    @Test
    void everyReadButTheLastIsFullHoweverTheBytesCome() throws IOException {
        Utf8Reader reader = new Utf8Reader(ChunkedSource.inChunksOf(7, new byte[] {'a', 'b', 'c', 'd', 'e'}), 0);
        char[] some = new char[3];
        assertThat(reader.read(some)).isEqualTo(3);
        assertThat(reader.read(some)).isEqualTo(2);
        assertThat(reader.ended()).isFalse();
        assertThat(reader.read(some)).isEqualTo(-1);
        reader = new Utf8Reader(ChunkedSource.everyByteAlone(new byte[] {'a', 'b', 'c', 'd'}), 0);
        assertThat(reader.read(some)).isEqualTo(3);
    }

    @Test
    void whatStandsBeforeTheFirstOddByteIsGivenFirst() throws IOException {
        for (byte[] odd : new byte[][] {{'a', 'b', 0, 'c'}, {'a', 'b', (byte) 0xff, 0}, {'a', 'b', (byte) 0xc3, 0}}) {
            for (int chunk : new int[] {1, 2, 3, 4}) {
                Utf8Reader reader = new Utf8Reader(ChunkedSource.inChunksOf(chunk, odd), 0);
                assertThat(reader.read(new char[8])).as("chunks of %d", chunk).isEqualTo(2);
                assertThat(catchThrowableOfType(PoisonFileException.class, () -> reader.read(new char[8]))
                                .reason())
                        .as("chunks of %d", chunk)
                        .isEqualTo(odd[2] == (byte) 0xff ? Reason.CHARSET_UNSUPPORTED : Reason.CSV_MALFORMED);
            }
        }
    }

    @Test
    void placeIsToldRightWhenACharacterWasSplitBefore() {
        byte[] bytes = "aé\0".getBytes(StandardCharsets.UTF_8);
        PoisonFileException refusal =
                catchThrowableOfType(PoisonFileException.class, () -> read(ChunkedSource.splitAt(bytes, 2)));
        assertThat(refusal.detail()).contains("NUL byte at offset 3,");
    }

    /// Letters, with one byte put among them.
    private byte[] letters(int place, byte odd) {
        byte[] bytes = new byte[place + 1 + random.nextInt(20)];
        Arrays.fill(bytes, (byte) 'x');
        bytes[place] = odd;
        return bytes;
    }

    private static PoisonFileException refusal(byte[] bytes) {
        return catchThrowableOfType(PoisonFileException.class, () -> read(new ByteArrayInputStream(bytes)));
    }

    private static String read(InputStream source) throws IOException {
        Utf8Reader reader = new Utf8Reader(source, 0);
        StringBuilder text = new StringBuilder();
        char[] some = new char[8192];
        for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
            text.append(some, 0, count);
        }
        assertThat(reader.ended()).isTrue();
        return text.toString();
    }
}
