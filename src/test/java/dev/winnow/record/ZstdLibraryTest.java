package dev.winnow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.util.Native;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;

class ZstdLibraryTest {

    @Test
    void startLoadsTheLibrary() {
        new ZstdLibrary().start(new StartupEvent());

        assertThat(Native.isLoaded()).isTrue();
    }

    @Test
    void libraryThatCannotBeLoadedEndsTheStartWithWhatToMend() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ZstdLibrary.load(() -> {
                    throw new ExceptionInInitializerError("Cannot unpack libzstd-jni: No space left on device");
                }))
                .withMessageContainingAll("Cannot load zstd's native library", "No space left", "java.io.tmpdir");
    }
}
