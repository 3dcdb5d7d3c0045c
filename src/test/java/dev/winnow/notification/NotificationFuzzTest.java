package dev.winnow.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.notification.Notification.Objects;
import dev.winnow.notification.Notification.Unreadable;
import dev.winnow.notification.ObjectEvent.Created;
import dev.winnow.notification.ObjectEvent.Ignored;
import dev.winnow.notification.ObjectEvent.Incomplete;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Damaged bodies: whatever a queue brings, parsing ends in a value, and no file outside the intake is ever named.
final class NotificationFuzzTest {

    private static final int BODIES = 10_000;
    private static final List<String> SPLINTERS = List.of(
            "null", "{}", "[]", "\"\"", "-1", "1e400", "%", "%zz", "%2F", "+", "\"", "\\", "\\ud800", "\uD800",
            "\uFEFF", "\u0000", "other", "s3:", "Type", "Records");

    private enum Seen {
        CREATED,
        INCOMPLETE,
        IGNORED,
        UNREADABLE
    }

    @ParameterizedTest
    @ValueSource(longs = {20260518, 4, 987_654_321})
    void damagedBodyEndsInAValueAndNamesNoFileElsewhere(long seed) {
        System.out.println("Notification fuzz seed: " + seed);
        var random = new Random(seed);
        List<String> bodies = NotificationCase.all().map(NotificationCase::body).toList();
        var seen = new EnumMap<Seen, Integer>(Seen.class);
        for (int i = 0; i < BODIES; i++) {
            String body = bodies.get(random.nextInt(bodies.size()));
            for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
                body = damaged(body, bodies, random);
            }
            check(body, seen);
        }
        assertThat(seen.keySet())
                .as("every kind of outcome was reached: %s", seen)
                .contains(Seen.values());
    }

    private static void check(String body, Map<Seen, Integer> seen) {
        switch (BodyTarget.check(body)) {
            case Objects(List<ObjectEvent> events) ->
                events.forEach(event -> count(
                        switch (event) {
                            case Created _ -> Seen.CREATED;
                            case Incomplete _ -> Seen.INCOMPLETE;
                            case Ignored _ -> Seen.IGNORED;
                        },
                        seen));
            case Unreadable _ -> count(Seen.UNREADABLE, seen);
            case Notification.TestEvent _, Notification.Order _, Notification.UnknownOrder _ -> {}
        }
    }

    private static void count(Seen kind, Map<Seen, Integer> seen) {
        seen.merge(kind, 1, Integer::sum);
    }

    private static String damaged(String body, List<String> others, Random random) {
        int from = random.nextInt(body.length() + 1);
        int to = from + random.nextInt(Math.min(40, body.length() - from) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> body.substring(0, from);
            case 1 -> body.substring(0, from) + body.substring(to);
            case 2 -> body.substring(0, to) + body.substring(from);
            case 3 -> body.substring(0, from) + SPLINTERS.get(random.nextInt(SPLINTERS.size())) + body.substring(to);
            case 4 -> {
                String other = others.get(random.nextInt(others.size()));
                yield body.substring(0, from) + other.substring(random.nextInt(other.length() + 1));
            }
            default -> flipped(body, random);
        };
    }

    /// The body with one bit of its UTF-8 turned.
    private static String flipped(String body, Random random) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
