package dev.winnow.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// One body and what it means, from a `.cases` file: `=== title`, the body, `---`, then a line for each thing it
/// names.
record NotificationCase(String title, String body, String meaning) {

    private static final List<String> FILES =
            List.of("s3.cases", "eventbridge.cases", "sns.cases", "winnow.cases", "ignored.cases", "unreadable.cases");

    static Stream<NotificationCase> all() {
        return FILES.stream()
                .flatMap(file -> Arrays.stream(("\n" + resource(file)).split("\n=== ", -1))
                        .skip(1)
                        .map(NotificationCase::of));
    }

    /// The rows of a tab-separated file, without its header.
    static Stream<List<String>> rows(String file) {
        return resource(file).lines().skip(1).map(line -> List.of(line.split("\t", -1)));
    }

    private static NotificationCase of(String text) {
        int body = text.indexOf('\n') + 1;
        int meaning = text.indexOf("\n---\n", body - 1);
        return new NotificationCase(
                text.substring(0, body).strip(),
                text.substring(body, Math.max(body, meaning)),
                text.substring(meaning + 5).strip());
    }

    private static String resource(String file) {
        try (InputStream in = Objects.requireNonNull(NotificationCase.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
