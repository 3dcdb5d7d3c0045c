package dev.winnow.record;

import com.github.luben.zstd.util.Native;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The native library that unpacks zstd, loaded when the service starts.
///
/// It comes as a temporary file, and a load that failed once fails for as long as the process lives. Left to the
/// first zstd file, a disk that is full at that moment would make every such file fail until a restart.
@Singleton
final class ZstdLibrary {

    void start(@Observes StartupEvent event) {
        load(Native::load);
    }

    /// @throws ConfigurationException when the library cannot be loaded
    static void load(Runnable loader) {
        try {
            loader.run();
        } catch (LinkageError e) {
            // Without its cause, so that the start ends with this line instead of a trace.
            throw new ConfigurationException("Cannot load zstd's native library: " + e.getMessage()
                    + "; java.io.tmpdir must be a folder for files that may be written and executed");
        }
    }
}
