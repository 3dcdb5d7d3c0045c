package dev.winnow.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.file.SourceFile;
import dev.winnow.notification.Notification.Objects;
import dev.winnow.notification.Notification.Unreadable;
import dev.winnow.notification.ObjectEvent.Created;
import dev.winnow.notification.ObjectEvent.Incomplete;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NotificationParserTest {

    private static final String RECORD = """
            {"eventVersion":"2.1","eventName":"%s","s3":{"bucket":{"name":"intake"},"object":{"key":"%s","size":5,"eTag":"e"}}}""";
    private static final String EVENT = """
            {"detail-type":"%s","source":"aws.s3","detail":{"bucket":{"name":"intake"},"object":{"key":"%s","size":5,"etag":"e"}}}""";

    private final NotificationParser parser = new NotificationParser(new ObjectMapper(), "intake", "incoming/");

    @ParameterizedTest
    @MethodSource("cases")
    void bodyMeansWhatItsCaseSays(NotificationCase expected) {
        assertThat(Meaning.of(parser.parse(expected.body()))).isEqualTo(expected.meaning());
    }

    static Stream<NotificationCase> cases() {
        return NotificationCase.all();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyMeansWhatTheFormAroundItSays(List<String> row) {
        String key = row.get(0).replace("\"", "\\\"");
        assertThat(keyOf(parser.parse(s3Event("ObjectCreated:Put", key)))).isEqualTo(row.get(1));
        assertThat(keyOf(parser.parse(EVENT.formatted("Object Created", key)))).isEqualTo(row.get(2));
    }

    static Stream<List<String>> keys() {
        return NotificationCase.rows("keys.tsv");
    }

    @ParameterizedTest
    @MethodSource("events")
    void onlyCreationsAreTakenIn(List<String> row) {
        String key = "incoming/membership/a.csv";
        String body = row.get(0).equals("s3") ? s3Event(row.get(1), key) : EVENT.formatted(row.get(1), key);
        assertThat(keyOf(parser.parse(body))).isEqualTo(row.get(2).equals("created") ? key : "ignored not.a.creation");
    }

    static Stream<List<String>> events() {
        return NotificationCase.rows("events.tsv");
    }

    @Test
    void createdAndIncompleteNameTheBucketThatIsRead() {
        assertThat(parser.parse(s3Event("ObjectCreated:Put", "incoming/a.csv")))
                .isEqualTo(new Objects(
                        List.of(new Created(new SourceFile("intake", "incoming/a.csv", Optional.empty(), "e", 5)))));
        assertThat(parser.parse(s3Event("ObjectCreated:Put", "incoming/a.csv").replace("eTag", "x")))
                .isEqualTo(new Objects(List.of(new Incomplete("intake", "incoming/a.csv", Optional.empty()))));
    }

    @Test
    void byteOrderMarkAndWhiteSpaceAroundABodyMeanNothing() {
        String body = s3Event("ObjectCreated:Put", "incoming/a.csv");
        assertThat(parser.parse("\uFEFF \r\n" + body + "\n\t ")).isEqualTo(parser.parse(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\r\n", "\uFEFF", "\uFEFF \n"})
    void bodyOfWhiteSpaceIsUnreadable(String body) {
        assertThat(parser.parse(body)).isEqualTo(new Unreadable("The body is empty"));
    }

    @ParameterizedTest
    @ValueSource(ints = {256 * 1024, 1024 * 1024})
    void largestBodiesThatQueuesCarryAreReadToTheirLastRecord(int bytes) {
        int count = bytes / (RECORD.length() + 8);
        Notification notification = parser.parse(IntStream.range(0, count)
                .mapToObj(i -> RECORD.formatted("ObjectCreated:Put", "incoming/" + i))
                .collect(Collectors.joining(",", "{\"Records\":[", "]}")));
        assertThat(notification).isInstanceOfSatisfying(Objects.class, objects -> {
            assertThat(objects.events()).hasSize(count).allMatch(Created.class::isInstance);
            assertThat(objects.events().getLast().key()).isEqualTo("incoming/" + (count - 1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"Records\":", "{\"Type\":\"Notification\",\"Message\":", "[{\"a\":"})
    void bodyNestedWithoutEndIsUnreadable(String opening) {
        assertThat(parser.parse(opening.repeat(20_000))).isInstanceOf(Unreadable.class);
    }

    @Test
    void fieldNestedDeeplyDoesNoHarmToTheRest() {
        String deep = "[".repeat(300) + "]".repeat(300);
        String body = s3Event("ObjectCreated:Put", "incoming/a.csv");
        assertThat(parser.parse("{\"deep\":" + deep + "," + body.substring(1))).isEqualTo(parser.parse(body));
    }

    @Test
    void numberOfAMillionDigitsIsUnreadable() {
        String body = s3Event("ObjectCreated:Put", "incoming/a.csv").replace(":5,", ":" + "5".repeat(1_000_000) + ",");
        assertThat(parser.parse(body)).isInstanceOf(Unreadable.class);
    }

    @Test
    void prefixWithoutItsSlashIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NotificationParser(new ObjectMapper(), "intake", "incoming"))
                .withMessage("Cannot take files in: the incoming prefix does not end in /");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NotificationParser(new ObjectMapper(), "", "incoming/"));
    }

    private static String s3Event(String name, String key) {
        return "{\"Records\":[" + RECORD.formatted(name, key) + "]}";
    }

    /// The key of the one file that a notification names, or in a few words why it names none.
    private static String keyOf(Notification notification) {
        String meaning = Meaning.of(notification);
        return switch (meaning.substring(0, meaning.indexOf(' '))) {
            case "created" -> meaning.substring(meaning.indexOf("key=") + 4);
            case "ignored" -> meaning.substring(0, meaning.indexOf(" key="));
            case "unreadable" -> "unreadable";
            default -> meaning;
        };
    }
}
