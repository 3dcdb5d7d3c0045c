package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.SourceFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceStreamTest {

    private static final String KEY = "incoming/people/day.csv";
    private static final int SIZE = 50_000;

    private final InMemoryObjectStore bucket = new InMemoryObjectStore();
    private final byte[] content = content(1);
    private final SourceFile file = bucket.put("bucket", KEY, content);

    /// How a connection ends that does not bring what it promised.
    enum Break {
        RESET,
        SILENT
    }

    @ParameterizedTest
    @EnumSource
    void whereverConnectionsBreakTheBytesAreTheFilesOwn(Break how) throws IOException {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            Fraying store = new Fraying(how, _ -> 1 + random.nextInt(SIZE / 4));
            try (SourceStream stream = new SourceStream(store, file)) {
                assertThat(readByRandomPieces(stream, random))
                        .as("seed %d", seed)
                        .isEqualTo(content);
            }
            assertThat(store.opened)
                    .as("seed %d", seed)
                    .hasSizeGreaterThan(2)
                    .allMatch(connection -> connection.closed);
        }
    }

    @Test
    void eachConnectionGoesOnAtTheFirstByteNotYetRead() throws IOException {
        Fraying store = new Fraying(Break.RESET, _ -> 20_000);

        try (SourceStream stream = new SourceStream(store, file)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }

        assertThat(store.offsets).containsExactly(0L, 20_000L, 40_000L);
    }

    @Test
    void theStreamIsReadByteByByteToo() throws IOException {
        Fraying store = new Fraying(Break.RESET, _ -> 9_999);

        try (SourceStream stream = new SourceStream(store, file)) {
            for (byte expected : content) {
                assertThat(stream.read()).isEqualTo(expected & 0xff);
            }
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatBringsNoByteCountsAndTheStreamGivesUp(Break how) throws IOException {
        Fraying store = new Fraying(how, offset -> offset == 0 ? 100 : 0);

        try (SourceStream stream = new SourceStream(store, file)) {
            assertThat(stream.readNBytes(100)).hasSize(100);
            assertThatThrownBy(stream::read)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("Cannot read " + KEY + ": the connection broke at byte 100");
        }

        assertThat(store.offsets).containsExactly(0L, 100L, 100L, 100L);
    }

    @Test
    void aConnectionThatBringsAByteMakesUpForThoseThatDidNot() throws IOException {
        // Each byte of the first 50 takes three connections, of which the last one brings it.
        int[] turn = {0};
        Fraying store = new Fraying(Break.RESET, offset -> {
            turn[0]++;
            return offset >= 50 ? SIZE : turn[0] % 3 == 0 ? 1 : 0;
        });

        try (SourceStream stream = new SourceStream(store, file)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void contentThatChangesBetweenConnectionsIsLost() throws IOException {
        Fraying store = new Fraying(Break.RESET, _ -> 100);

        try (SourceStream stream = new SourceStream(store, file)) {
            assertThat(stream.readNBytes(100)).hasSize(100);
            bucket.put("bucket", KEY, content(2));
            assertThatThrownBy(stream::read).isInstanceOf(SourceLostException.class);
        }
    }

    @Test
    void contentThatIsGoneIsLostAtOnce() {
        bucket.remove(KEY);

        assertThatThrownBy(() -> new SourceStream(bucket, file)).isInstanceOf(SourceLostException.class);
    }

    @Test
    void anOutageBetweenConnectionsIsNoEnd() throws IOException {
        HookedObjectStore store = new HookedObjectStore(new Fraying(Break.RESET, _ -> 100)) {
            @Override
            public OpenObject open(SourceFile wanted, long offset) {
                if (offset > 0) {
                    throw new StoreUnavailableException("Cannot read " + KEY + ": S3 answers SlowDown (503)");
                }
                return super.open(wanted, offset);
            }
        };

        try (SourceStream stream = new SourceStream(store, file)) {
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(StoreUnavailableException.class);
        }
    }

    /// A store that sends more than the size announced would be another content, whose ETag differs.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE - 1, SIZE})
    void theStreamEndsAfterAsManyBytesAsTheFileHas(int size) throws IOException {
        SourceFile sized = bucket.put("bucket", KEY, Arrays.copyOf(content, size));

        try (SourceStream stream = new SourceStream(bucket, sized)) {
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOf(content, size));
        }
    }

    @Test
    void theTimeIsTheContentsOwn() throws IOException {
        try (SourceStream stream = new SourceStream(bucket, file)) {
            assertThat(stream.lastModified())
                    .isEqualTo(bucket.head(KEY).orElseThrow().lastModified());
        }
    }

    @Test
    void noBytesAskedForAreNoEnd() throws IOException {
        try (SourceStream stream = new SourceStream(bucket, file)) {
            assertThat(stream.read(new byte[0], 0, 0)).isZero();
        }
    }

    private static byte[] content(long seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] readByRandomPieces(InputStream stream, Random random) throws IOException {
        byte[] all = new byte[SIZE + 1];
        int total = 0;
        int count;
        while ((count = stream.read(all, total, Math.min(all.length - total, 1 + random.nextInt(9_000)))) > 0) {
            total += count;
        }
        return Arrays.copyOf(all, total);
    }

    /// A store whose connections break after so many bytes.
    private final class Fraying extends HookedObjectStore {

        private final Break how;
        private final LongUnaryOperator lengthFrom;
        final List<Long> offsets = new ArrayList<>();
        final List<FrayedBody> opened = new ArrayList<>();

        Fraying(Break how, LongUnaryOperator lengthFrom) {
            super(bucket);
            this.how = how;
            this.lengthFrom = lengthFrom;
        }

        @Override
        public OpenObject open(SourceFile wanted, long offset) {
            OpenObject whole = super.open(wanted, offset);
            FrayedBody body = new FrayedBody(whole.body(), how, lengthFrom.applyAsLong(offset));
            offsets.add(offset);
            opened.add(body);
            return new OpenObject(body, whole.lastModified());
        }
    }

    private static final class FrayedBody extends FilterInputStream {

        private final Break how;
        private long left;
        boolean closed;

        FrayedBody(InputStream body, Break how, long left) {
            super(body);
            this.how = how;
            this.left = left;
        }

        @Override
        public int read() {
            throw new AssertionError("a connection is read by pieces");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return switch (how) {
                    case RESET -> throw new SocketException("Connection reset");
                    case SILENT -> -1;
                };
            }
            int count = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            super.close();
        }
    }
}
