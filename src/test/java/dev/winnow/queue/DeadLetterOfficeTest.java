package dev.winnow.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
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

    private final Edge edge = new Edge();
    private final DeadLetterOffice office = edge.deadLetters();
    private final SourceFile file = edge.bucket.put("incoming/guests/a.csv", "nome\nAda\n");
    private final String entry = "dead-letters/guests/" + file.id() + ".json";
    private final Delivery delivery = edge.delivery("m-1", SingleObjectNotification.of(file), 2);

    @Test
    void theNoticeSaysWhyAndNamesTheFileAlone() {
        office.giveUp(edge.delivery("m-1", "a body of many files", 2), file, GROUNDS);

        assertThat(edge.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.messageBody()).isEqualTo(SingleObjectNotification.of(file));
            assertThat(Edge.attributes(notice))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "reason", "header.missing",
                            "detail", GROUNDS.detail(),
                            "messageId", "m-1",
                            "fileId", file.id().value(),
                            "dataset", "guests",
                            "bucket", Bucket.NAME,
                            "key", "incoming/guests/a.csv"));
        });
        assertThat(edge.meters
                        .counter("winnow.dead.letters", "reason", "header.missing")
                        .count())
                .isOne();
    }

    @Test
    void theEntrySaysWhyTheFileCouldNotBeRead() throws JsonProcessingException {
        office.giveUp(delivery, file, GROUNDS);

        assertThat(edge.bucket.text(entry)).contains("""
                {
                  "schema" : 1,
                  "fileId" : "%s",
                  "dataset" : "guests",
                  "bucket" : "bucket",
                  "key" : "incoming/guests/a.csv",
                  "eTag" : "%s",
                  "size" : 9,
                  "reason" : "header.missing",
                  "detail" : "The header lacks these columns: name",
                  "messageId" : "m-1",
                  "receiveCount" : 2,
                  "at" : "2026-11-22T10:00:00Z"
                }""".formatted(file.id(), file.eTag()));
        assertThat(SCHEMA.validate(edge.bucket.text(entry).orElseThrow(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void aMessageThatNamesNothingKeepsItsBodyAndGetsNoEntry() {
        office.giveUp(edge.delivery("m-1", "hello", 1), new Grounds(Reason.EVENT_UNREADABLE, "The body is no JSON"));

        assertThat(edge.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.messageBody()).isEqualTo("hello");
            assertThat(Edge.attributes(notice)).containsOnlyKeys("reason", "detail", "messageId");
        });
        assertThat(edge.bucket.keys("dead-letters/")).isEmpty();
    }

    @Test
    void aFurtherDeliveryOfTheSameMessageIsNoSecondDeadLetter() {
        office.giveUp(delivery, file, GROUNDS);
        office.giveUp(edge.delivery("m-1", delivery.body(), 3), file, GROUNDS);

        assertThat(edge.notices()).hasSize(1);
    }

    @Test
    void anotherMessageAboutTheFileHasANoticeOfItsOwnAndLeavesTheEntryAsItIs() throws JsonProcessingException {
        office.giveUp(delivery, file, GROUNDS);
        office.giveUp(edge.delivery("m-2", delivery.body(), 1), file, new Grounds(Reason.EXHAUSTED, "no store"));

        assertThat(edge.notices()).hasSize(2);
        assertThat(entry().get("messageId").asText()).isEqualTo("m-1");
    }

    @Test
    void withoutItsNoticeNothingIsRecorded() {
        edge.sqs.failNext(SendMessageRequest.class, SdkClientException.create("Connection refused"));

        assertThatThrownBy(() -> office.giveUp(delivery, file, GROUNDS)).isInstanceOf(SdkClientException.class);

        assertThat(edge.bucket.keys("dead-letters/")).isEmpty();
    }

    @Test
    void aFailedEntryMakesASecondNoticeAndNeverNone() throws JsonProcessingException {
        edge.bucket.fail("create " + entry, new StoreUnavailableException("Cannot write " + entry));
        assertThatThrownBy(() -> office.giveUp(delivery, file, GROUNDS)).isInstanceOf(StoreUnavailableException.class);
        assertThat(edge.notices()).hasSize(1);

        edge.bucket.mend();
        office.giveUp(edge.delivery("m-1", delivery.body(), 3), file, GROUNDS);

        assertThat(edge.notices()).hasSize(2);
        assertThat(entry().get("receiveCount").asInt()).isEqualTo(3);
    }

    @Test
    void onTheLastDeliveryTheNoticeIsEnoughWhileTheStoreIsDown() {
        edge.bucket.fail("read " + entry, new StoreUnavailableException("Cannot read " + entry));
        edge.bucket.fail("create " + entry, new StoreUnavailableException("Cannot write " + entry));

        office.giveUp(edge.delivery("m-1", delivery.body(), 5), file, new Grounds(Reason.EXHAUSTED, "no store"));

        assertThat(edge.notices()).hasSize(1);
        assertThat(edge.bucket.keys("dead-letters/")).isEmpty();
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

        assertThat(edge.notices()).singleElement().satisfies(notice -> {
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
            SourceFile stray = edge.bucket.put(key, "x");

            office.giveUp(delivery, stray, new Grounds(Reason.DATASET_UNKNOWN, "no dataset"));

            assertThat(edge.bucket.keys("dead-letters/")).contains("dead-letters/unknown/" + stray.id() + ".json");
        }
    }

    @Test
    void aFolderWithALongNameHasOneNoticeAndAnEntryWhoseKeyS3Takes() {
        SourceFile stray = edge.bucket.put("incoming/" + "é".repeat(500) + "/a.csv", "x");

        office.giveUp(delivery, stray, new Grounds(Reason.DATASET_UNKNOWN, "no dataset"));

        assertThat(edge.notices()).hasSize(1);
        assertThat(edge.bucket.keys("dead-letters/"))
                .singleElement()
                .satisfies(key -> assertThat(key)
                        .endsWith("é/" + stray.id() + ".json")
                        .satisfies(it -> assertThat(it.getBytes(UTF_8)).hasSizeBetween(1023, 1024)));
    }

    private JsonNode entry() throws JsonProcessingException {
        return edge.json.readTree(edge.bucket.text(entry).orElseThrow());
    }
}
