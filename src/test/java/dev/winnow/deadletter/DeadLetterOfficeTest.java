package dev.winnow.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.Bucket;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.sqs.Delivery;
import dev.winnow.sqs.SingleObjectNotification;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

final class DeadLetterOfficeTest {

    /// What SQS takes in a body or an attribute:
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>.
    private static final Pattern TEXT =
            Pattern.compile("[\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]+");

    private static final Grounds GROUNDS = new Grounds(Reason.HEADER_MISSING, "The header lacks these columns: name");

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(DeadLetter.class.getResourceAsStream("dead-letter.schema.json"));

    private final Registry registry = new Registry();
    private final DeadLetterOffice office = registry.office;
    private final SourceFile file = registry.bucket.put("incoming/guests/a.csv", "nome\nAda\n");
    private final String entry = "dead-letters/guests/" + file.id() + ".json";
    private final Delivery delivery = delivery("m-1", SingleObjectNotification.of(file), 2);

    @Test
    void theNoticeSaysWhyAndNamesTheFileAlone() {
        office.giveUp(delivery("m-1", "a body of many files", 2), file, GROUNDS);

        assertThat(registry.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.messageBody()).isEqualTo(SingleObjectNotification.of(file));
            assertThat(Registry.attributes(notice))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "redrives", "0",
                            "reason", "header.missing",
                            "detail", GROUNDS.detail(),
                            "messageId", "m-1",
                            "fileId", file.id().value(),
                            "dataset", "guests",
                            "bucket", Bucket.NAME,
                            "key", "incoming/guests/a.csv"));
        });
        assertThat(registry.meters
                        .counter("winnow.dead.letters", "reason", "header.missing")
                        .count())
                .isOne();
    }

    @Test
    void theEntrySaysWhyTheFileCouldNotBeRead() {
        office.giveUp(delivery, file, GROUNDS);

        assertThat(registry.bucket.text(entry)).contains("""
                {
                  "schema" : 1,
                  "id" : "%1$s",
                  "fileId" : "%1$s",
                  "dataset" : "guests",
                  "bucket" : "bucket",
                  "key" : "incoming/guests/a.csv",
                  "eTag" : "%2$s",
                  "size" : 9,
                  "reason" : "header.missing",
                  "detail" : "The header lacks these columns: name",
                  "messageId" : "m-1",
                  "receiveCount" : 2,
                  "redrives" : 0,
                  "firstAt" : "2026-11-22T10:00:00Z",
                  "at" : "2026-11-22T10:00:00Z"
                }""".formatted(file.id(), file.eTag()));
        assertValid(registry.bucket.text(entry).orElseThrow());
    }

    @Test
    void everyFormOfAnEntryIsAsItsSchemaSays() {
        office.giveUp(delivery, file, GROUNDS);
        registry.register.change(
                registry.entry(file).orElseThrow(),
                it -> it.sentBack("r-1", Registry.START).discarded("olga", Registry.START));
        office.giveUp(delivery("m-2", "hello", 1), new Grounds(Reason.EVENT_UNREADABLE, "The body is no JSON"));

        assertThat(registry.bucket.keys("dead-letters/"))
                .hasSize(2)
                .allSatisfy(key -> assertValid(registry.bucket.text(key).orElseThrow()));
    }

    @Test
    void aMessageThatNamesNothingKeepsItsBodyInTheQueueAlone() {
        office.giveUp(delivery("m-1", "hello", 1), new Grounds(Reason.EVENT_UNREADABLE, "The body is no JSON"));

        assertThat(registry.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.messageBody()).isEqualTo("hello");
            assertThat(Registry.attributes(notice)).containsOnlyKeys("reason", "detail", "messageId", "redrives");
        });
        assertThat(registry.bucket.text("dead-letters/_messages/m-1.json"))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("event.unreadable").doesNotContain("hello"));
    }

    @Test
    void aFurtherDeliveryOfTheSameMessageIsNoSecondDeadLetter() {
        office.giveUp(delivery, file, GROUNDS);
        office.giveUp(delivery("m-1", delivery.body(), 3), file, GROUNDS);

        assertThat(registry.notices()).hasSize(1);
    }

    @Test
    void anotherEventOfTheFileIsNoSecondDeadLetter() {
        office.giveUp(delivery, file, GROUNDS);
        office.giveUp(delivery("m-2", delivery.body(), 1), file, GROUNDS);

        assertThat(registry.notices()).hasSize(1);
        assertThat(registry.entry(file)).map(DeadLetter::messageId).contains("m-1");
    }

    @Test
    void anotherReasonTakesThePlaceOfTheFirst() {
        office.giveUp(delivery, file, new Grounds(Reason.EXHAUSTED, "no store"));
        registry.pass(Duration.ofHours(1));
        office.giveUp(delivery("m-2", delivery.body(), 1), file, GROUNDS);

        assertThat(registry.notices()).hasSize(2);
        assertThat(registry.entry(file)).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo("header.missing");
            assertThat(letter.messageId()).isEqualTo("m-2");
            assertThat(letter.firstAt()).isEqualTo(Registry.START);
            assertThat(letter.at()).isEqualTo(Registry.START.plus(Duration.ofHours(1)));
        });
    }

    @Test
    void whatComesBackAfterARedriveIsADeadLetterAnew() {
        office.giveUp(delivery, file, GROUNDS);
        registry.register.change(registry.entry(file).orElseThrow(), it -> it.sentBack("r-1", Registry.START));
        office.giveUp(registry.delivery("m-2", delivery.body(), 1, Map.of("redrives", "1")), file, GROUNDS);

        assertThat(registry.notices()).hasSize(2);
        assertThat(registry.entry(file)).hasValueSatisfying(letter -> {
            assertThat(letter.redrives()).isOne();
            assertThat(letter.state()).isEqualTo(DeadLetter.State.OPEN);
        });
    }

    @Test
    void aLateFailureHidesNoLaterOne() {
        office.giveUp(registry.delivery("m-2", delivery.body(), 1, Map.of("redrives", "1")), file, GROUNDS);
        office.giveUp(delivery, file, new Grounds(Reason.EXHAUSTED, "no store"));

        assertThat(registry.entry(file)).hasValueSatisfying(letter -> {
            assertThat(letter.redrives()).isOne();
            assertThat(letter.reason()).isEqualTo("header.missing");
        });
    }

    @Test
    void whatIsDiscardedIsHeardOfNoMore() {
        office.giveUp(delivery, file, GROUNDS);
        registry.register.change(registry.entry(file).orElseThrow(), it -> it.discarded("olga", Registry.START));
        office.giveUp(delivery("m-2", delivery.body(), 1), file, new Grounds(Reason.EXHAUSTED, "no store"));

        assertThat(registry.notices()).hasSize(1);
        assertThat(registry.entry(file)).map(DeadLetter::state).contains(DeadLetter.State.DISCARDED);
    }

    @Test
    void withoutItsNoticeNothingIsRecorded() {
        registry.sqs.failNext(SendMessageRequest.class, SdkClientException.create("Connection refused"));

        assertThatThrownBy(() -> office.giveUp(delivery, file, GROUNDS)).isInstanceOf(SdkClientException.class);

        assertThat(registry.bucket.keys("dead-letters/")).isEmpty();
    }

    @Test
    void aFailedEntryMakesASecondNoticeAndNeverNone() {
        registry.bucket.fail("create " + entry, new StoreUnavailableException("Cannot write " + entry));
        assertThatThrownBy(() -> office.giveUp(delivery, file, GROUNDS)).isInstanceOf(StoreUnavailableException.class);
        assertThat(registry.notices()).hasSize(1);

        registry.bucket.mend();
        office.giveUp(delivery("m-1", delivery.body(), 3), file, GROUNDS);

        assertThat(registry.notices()).hasSize(2);
        assertThat(registry.entry(file)).map(DeadLetter::receiveCount).contains(3);
    }

    @Test
    void onTheLastDeliveryTheNoticeIsEnoughWhileTheStoreIsDown() {
        registry.bucket.fail("fetch " + entry, new StoreUnavailableException("Cannot read " + entry));
        registry.bucket.fail("create " + entry, new StoreUnavailableException("Cannot write " + entry));

        office.giveUp(delivery("m-1", delivery.body(), 5), file, new Grounds(Reason.EXHAUSTED, "no store"));

        assertThat(registry.notices()).hasSize(1);
        assertThat(registry.bucket.keys("dead-letters/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incoming/guests/a\u0000b\u0001c\u001f\t\n\r\u007f.csv",
                "incoming/guests/\uFFFE\uFFFF🎉\uE000.csv",
                "incoming/\u0001/a.csv",
                "incoming//a.csv",
                "incoming/a.csv",
                "elsewhere/a.csv"
            })
    void everyAttributeIsOneThatSqsTakes(String key) {
        SourceFile odd = new SourceFile(Bucket.NAME, key, Optional.of("v\u0001"), "e", 0);

        office.giveUp(delivery, odd, new Grounds(Reason.DATASET_UNKNOWN, "\u0000🎉".repeat(3000)));

        assertThat(registry.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.messageBody()).matches(TEXT);
            assertThat(notice.messageAttributes()).hasSizeLessThanOrEqualTo(10);
            assertThat(notice.messageAttributes().values()).allSatisfy(attribute -> {
                assertThat(attribute.dataType()).isEqualTo("String");
                assertThat(attribute.stringValue()).matches(TEXT);
                assertThat(attribute
                                .stringValue()
                                .codePointCount(0, attribute.stringValue().length()))
                        .isLessThanOrEqualTo(1024);
            });
        });
    }

    @Test
    void aFileOfNoDatasetHasItsEntryUnderUnknown() {
        for (String key : new String[] {"incoming/a.csv", "incoming//a.csv", "incoming/./a.csv", "incoming/../a.csv"}) {
            SourceFile stray = registry.bucket.put(key, "x");

            office.giveUp(delivery, stray, new Grounds(Reason.DATASET_UNKNOWN, "no dataset"));

            assertThat(registry.bucket.keys("dead-letters/")).contains("dead-letters/unknown/" + stray.id() + ".json");
        }
    }

    @Test
    void aFolderWithALongNameHasOneNoticeAndAnEntryWhoseKeyS3Takes() {
        SourceFile stray = registry.bucket.put("incoming/" + "é".repeat(500) + "/a.csv", "x");

        office.giveUp(delivery, stray, new Grounds(Reason.DATASET_UNKNOWN, "no dataset"));
        office.giveUp(delivery, stray, new Grounds(Reason.DATASET_UNKNOWN, "no dataset"));

        assertThat(registry.notices()).hasSize(1);
        assertThat(registry.bucket.keys("dead-letters/"))
                .singleElement()
                .satisfies(key -> assertThat(key)
                        .endsWith("é/" + stray.id() + ".json")
                        .satisfies(it -> assertThat(it.getBytes(UTF_8)).hasSizeBetween(1023, 1024)));
    }

    private Delivery delivery(String messageId, String body, int receiveCount) {
        return registry.delivery(messageId, body, receiveCount, Map.of());
    }

    private static void assertValid(String entry) {
        assertThat(SCHEMA.validate(entry, InputFormat.JSON)).isEmpty();
    }
}
