package dev.winnow.standin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The stand-ins as dev mode uses them.
final class StandInsInFolderTest extends StandInsContract {

    StandInsInFolderTest() throws Exception {
        super(Optional.of(
                Files.createTempDirectory(Path.of("target"), "stand-ins-").toAbsolutePath()));
    }
}
