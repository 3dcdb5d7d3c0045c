package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the source throws is no fault of the file, and reaches the caller as it was.
final class SourceFaultTest {

    /// Too random to be packed into the first bytes, which are looked at before the parser starts.
    private static final byte[] PLAIN = new Random(77)
            .ints(150)
            .mapToObj(number -> number + ",\"" + number * 31 + "\n5\"\n")
            .collect(Collectors.joining("", "a,b\n", ""))
            .getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource
    void uncheckedFaultPassesThroughFromAnyPlace(Compression compression) {
        byte[] packed = Packing.pack(compression, PLAIN);
        for (RuntimeException fault : new RuntimeException[] {
            new IllegalStateException("the object has changed"), new UncheckedIOException(new IOException("reset"))
        }) {
            for (int place = 0; place <= packed.length; place++) {
                InputStream source = failingAfter(packed, place, fault);
                assertThat(catchThrowable(() -> Reading.all(source)))
                        .as("fault after %d bytes", place)
                        .isSameAs(fault);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorPassesThrough(Compression compression) {
        byte[] packed = Packing.pack(compression, PLAIN);
        InputStream source = new Failing(packed, packed.length) {
            @Override
            void fail() {
                throw new OutOfMemoryError("for a test");
            }
        };
        assertThatThrownBy(() -> Reading.all(source)).isExactlyInstanceOf(OutOfMemoryError.class);
    }

    @ParameterizedTest
    @EnumSource
    void checkedFaultOfTheSourceIsNoPoison(Compression compression) {
        byte[] packed = Packing.pack(compression, PLAIN);
        for (int place = 0; place <= packed.length; place++) {
            InputStream source = new Failing(packed, place) {
                @Override
                void fail() throws IOException {
                    throw new IOException("connection reset");
                }
            };
            assertThatThrownBy(() -> Reading.all(source))
                    .isExactlyInstanceOf(UncheckedIOException.class)
                    .hasRootCauseMessage("connection reset");
        }
    }

    @Test
    void sourceStaysOpenForItsOpenerToClose() {
        AtomicBoolean closed = new AtomicBoolean();
        for (Compression compression : Compression.values()) {
            Reading.all(new FilterInputStream(new ByteArrayInputStream(Packing.pack(compression, PLAIN))) {
                @Override
                public void close() {
                    closed.set(true);
                }
            });
        }
        assertThat(closed).isFalse();
    }

    private static InputStream failingAfter(byte[] bytes, int place, RuntimeException fault) {
        return new Failing(bytes, place) {
            @Override
            void fail() {
                throw fault;
            }
        };
    }

    /// Gives some bytes and then fails.
    private abstract static class Failing extends InputStream {

        private final ByteArrayInputStream bytes;

        Failing(byte[] bytes, int place) {
            this.bytes = new ByteArrayInputStream(bytes, 0, place);
        }

        abstract void fail() throws IOException;

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = bytes.read(target, offset, length);
            if (count < 0) {
                fail();
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            throw new AssertionError("Sources are read in blocks");
        }
    }
}
