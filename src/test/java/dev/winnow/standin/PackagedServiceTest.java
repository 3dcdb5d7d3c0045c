package dev.winnow.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The packaged service leaves out each class of this package by name, so a new class must be named too.
final class PackagedServiceTest {

    private static final String LEFT_OUT = "quarkus.package.jar.user-configured-ignored-entries";

    @Test
    void everyClassOfThisPackageIsLeftOut() throws IOException {
        assertThat(leftOut()).containsExactlyInAnyOrderElementsOf(compiled());
    }

    private static List<String> leftOut() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return List.of(properties.getProperty(LEFT_OUT).split(","));
    }

    private static List<String> compiled() throws IOException {
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.list(classes.resolve("dev/winnow/standin"))) {
            return files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
