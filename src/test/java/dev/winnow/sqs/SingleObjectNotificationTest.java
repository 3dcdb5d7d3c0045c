package dev.winnow.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.file.SourceFile;
import dev.winnow.notification.Notification;
import dev.winnow.notification.NotificationParser;
import dev.winnow.notification.ObjectEvent;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a dead letter carries means just the file it was about, however its key is spelled.
final class SingleObjectNotificationTest {

    private final NotificationParser parser = new NotificationParser(new ObjectMapper(), "bucket", "incoming/");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.csv",
                "two words.csv",
                "a+b.csv",
                "100%.csv",
                "a%2Bb%20c.csv",
                "März/Zoë.csv",
                "🎉👩‍👧.csv",
                "a\u0001b\tc\nd\u007f.csv",
                "\"quoted\" \\ 'single'.csv",
                "a=b&c?d#e.csv",
                "a//b/../c.csv",
                "~*-_.!().csv",
                "\uFFFD\uFEFF.csv"
            })
    void namesTheFile(String name) {
        assertNamed(file("incoming/guests/" + name, Optional.empty()));
        assertNamed(file("incoming/guests/" + name, Optional.of("3HL4kqtJlcpXroDTDmjVBH40Nrjfkd+/=")));
    }

    @Test
    void namesTheFileWhateverItsKey() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder name = new StringBuilder("incoming/");
            random.ints(1 + random.nextInt(40), 0, Character.MAX_CODE_POINT + 1)
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .map(point -> random.nextBoolean() ? point : point % 0x80)
                    .forEach(name::appendCodePoint);
            assertNamed(file(name + "x", Optional.empty()));
        }
    }

    private void assertNamed(SourceFile file) {
        assertThat(parser.parse(SingleObjectNotification.of(file)))
                .isEqualTo(new Notification.Objects(List.of(new ObjectEvent.Created(file))));
    }

    private static SourceFile file(String key, Optional<String> versionId) {
        return new SourceFile("bucket", key, versionId, "d41d8cd98f00b204e9800998ecf8427e-3", 5L << 30);
    }
}
