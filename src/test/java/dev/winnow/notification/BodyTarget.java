package dev.winnow.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.notification.Notification.Objects;
import dev.winnow.notification.Notification.Order;
import dev.winnow.notification.Notification.TestEvent;
import dev.winnow.notification.Notification.UnknownOrder;
import dev.winnow.notification.Notification.Unreadable;
import dev.winnow.notification.ObjectEvent.Created;
import dev.winnow.notification.ObjectEvent.Ignored;
import dev.winnow.notification.ObjectEvent.Incomplete;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What holds for any text that comes as a message's body; a fuzzer calls it with texts of its own making.
///
/// Parsing ends in a value. No file outside of the intake is ever named, no detail quotes the body, and an SNS
/// envelope around a body changes nothing in what it says.
public final class BodyTarget {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotificationParser PARSER = new NotificationParser(JSON, "intake", "incoming/");

    /// All that a detail may say: what is wrong with the body, or with a place in it.
    private static final Set<String> SENTENCES = Set.of(
            "The body is empty",
            "The body is not one JSON value, well formed, each field once, within the limits on depth and length",
            "The body is JSON but not an object",
            "The body is no notification of S3, EventBridge or SNS, and no command",
            "The body asks to confirm an SNS subscription: confirm it with the topic's owner",
            "The body says that an SNS subscription has ended: nothing more comes from that topic",
            "The body lies in more than 3 SNS envelopes",
            "Records is not a list",
            "Records[].eventVersion is not 2.x, the only version that Winnow reads",
            "Records[].eventName is missing or no text",
            "Records[].s3.bucket.name is missing or no text",
            "Records[].s3.object.key is missing or no text",
            "Records[].s3.object.key is not form-encoded UTF-8",
            "source is missing or no text",
            "source is not aws.s3",
            "winnow.hour is no hour such as 2026-11-24T08",
            "winnow.id is missing or no text",
            "winnow.id is no id of a redrive",
            "winnow.dataset is missing or no text",
            "winnow.fileId is missing or no text",
            "winnow.fileId is no file id",
            "winnow.replaces is no generation",
            "detail-type is missing or no text",
            "detail-type is not one of S3's object events",
            "detail.bucket.name is missing or no text",
            "detail.object.key is missing or no text",
            "detail.object.key is not Unicode text",
            "Type is missing or no text",
            "Type is not one that SNS sends",
            "Message is missing or no text",
            "winnow.command is missing or no text");

    private static final Unreadable TOO_DEEP = new Unreadable("The body lies in more than 3 SNS envelopes");

    private BodyTarget() {}

    /// The name by which fuzzers of libFuzzer's family know what to call.
    public static void fuzzerTestOneInput(byte[] bytes) {
        String body = new String(bytes, StandardCharsets.UTF_8);
        Notification notification = check(body);
        if (!body.isEmpty()) {
            assertThat(PARSER.parse(inEnvelope(body))).as(body).isIn(notification, TOO_DEEP);
        }
        FormEncoding.decode(body)
                .ifPresent(key -> assertThat(key).as(body).isEqualTo(URLDecoder.decode(body, StandardCharsets.UTF_8)));
    }

    /// Parses a body, and fails where what it says must not be.
    static Notification check(String body) {
        Notification notification = PARSER.parse(body);
        switch (notification) {
            case Objects(List<ObjectEvent> events) -> events.forEach(event -> check(event, body));
            case Unreadable(String detail) ->
                assertThat(SENTENCES).as(body).contains(detail.replaceFirst("\\[[0-9]+]", "[]"));
            case TestEvent() -> assertThat(body).contains("TestEvent");
            case UnknownOrder(String name) -> assertThat(name).as(body).isNotEmpty();
            case Order(Command command) ->
                assertThat(CommandForm.write(command)).as(body).isNotEmpty();
        }
        return notification;
    }

    private static void check(ObjectEvent event, String body) {
        assertThat(event.key()).as(body).isNotEmpty().isEqualTo(throughUtf8(event.key()));
        switch (event) {
            case Created(var file) -> {
                assertThat(file.bucket()).as(body).isEqualTo("intake");
                assertThat(file.key()).as(body).startsWith("incoming/").doesNotEndWith("/");
                assertThat(file.eTag()).as(body).matches("[!#-~]+");
                assertThat(file.size()).as(body).isNotNegative();
            }
            case Incomplete(String bucket, String key, Optional<String> _) -> {
                assertThat(bucket).as(body).isEqualTo("intake");
                assertThat(key).as(body).startsWith("incoming/").doesNotEndWith("/");
            }
            case Ignored _ -> {}
        }
    }

    private static String throughUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String inEnvelope(String body) {
        try {
            return JSON.writeValueAsString(Map.of("Type", "Notification", "Message", body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
