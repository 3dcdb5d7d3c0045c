package dev.winnow.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// The console's files as they are served.
final class ConsoleFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/META-INF/resources");

    /// All together: what a browser loads once over a poor line.
    private static final int MOST_BYTES = 60 * 1024;

    @Test
    void packedFilesAreSmallAllTogether() {
        assertThat(files().stream().mapToInt(ConsoleFilesTest::packed).sum()).isBetween(1, MOST_BYTES);
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNoStyleOrScriptStandsInThePage() {
        for (Path file : files()) {
            if (file.toString().contains("vendor")) {
                continue;
            }
            String text = text(file);
            assertThat(text)
                    .as(file.toString())
                    .doesNotContainPattern("(src|href|from|import)\\s*[=(]?\\s*[\"']https?:");
            assertThat(text).as(file.toString()).doesNotContain("style=", "unsafeHTML", "innerHTML", "eval(");
        }
        assertThat(text(FOLDER.resolve("index.html")))
                .doesNotContain("<style")
                .doesNotContainPattern("<script(?! type=\"module\" src=)");
    }

    @Test
    void theVendoredLibraryHasItsLicenceBesideIt() {
        assertThat(text(FOLDER.resolve("app/vendor/lit.LICENSE.txt"))).startsWith("BSD 3-Clause License");
        assertThat(text(FOLDER.resolve("app/vendor/lit.js"))).contains("SPDX-License-Identifier: BSD-3-Clause");
    }

    private static List<Path> files() {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int packed(Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            Files.copy(file, packing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }
}
