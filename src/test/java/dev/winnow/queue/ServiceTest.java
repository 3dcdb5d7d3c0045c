package dev.winnow.queue;

import static dev.winnow.queue.Outside.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import dev.winnow.sqs.SingleObjectNotification;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

/// The running service as its senders and operators see it, over S3 and SQS in this JVM.
@QuarkusTest
final class ServiceTest {

    private static final Pattern ADDRESS = Pattern.compile("f\\d+-r\\d@example\\.com");

    @Inject
    Outside outside;

    @Inject
    ObjectMapper json;

    @Test
    void aDroppedFileIsDecidedAndDone() {
        String content = """
                name,branch,email,date_of_birth,mobile_no
                Dr. Ada Lovelace,North,ada@example.com,1985-12-10,8123 4567
                Kim Young,"South, 2nd",kim@example.net,2010-01-01,123
                """;
        SourceFile file = outside.drop("incoming/membership/2026/März + 1%/a b.csv", content);

        Receipt receipt = outside.awaitReceipt(file);
        outside.awaitAllSettled();

        assertThat(receipt.key()).isEqualTo("incoming/membership/2026/März + 1%/a b.csv");
        assertThat(receipt.via()).isEqualTo(Via.EVENT);
        assertThat(receipt.records()).isEqualTo(new Receipt.Records(2, 1, 1, 0));
        assertThat(receipt.violations())
                .containsExactlyEntriesOf(new TreeMap<>(Map.of("age.under", 1L, "mobile.invalid", 1L)));
        assertThat(output(receipt, Outcome.SUCCESSFUL)).isEqualTo("""
                membership_id,first_name,last_name,email,date_of_birth,mobile_no,above_18,branch
                Lovelace_96940,Ada,Lovelace,ada@example.com,19851210,81234567,true,North
                """);
        assertThat(output(receipt, Outcome.UNSUCCESSFUL)).isEqualTo("""
                line,codes,reasons,name,branch,email,date_of_birth,mobile_no
                3,mobile.invalid; age.under,the mobile number is not 8 digits; under 18 on 2022-01-01,Kim Young,\
                "South, 2nd",kim@example.net,2010-01-01,123
                """);
        assertThat(outside.text(receipt.backup())).contains(content);
        assertThat(outside.keys(file.key())).isEmpty();
        assertThat(outside.keys("dead-letters/membership/" + file.id())).isEmpty();
    }

    @Test
    void aPoisonFileIsADeadLetterAndStaysWhereItIs() throws IOException {
        SourceFile file = outside.drop("incoming/membership/poison\u0001.csv", "name,email\nAda,ada@example.com\n");

        Message letter = outside.awaitDeadLetter(
                message -> attribute(message, "fileId").equals(file.id().value()));
        outside.awaitAllSettled();

        assertThat(attribute(letter, "reason")).isEqualTo("header.missing");
        assertThat(attribute(letter, "detail"))
                .isEqualTo("Cannot find the required columns in the first row: missing date_of_birth, mobile_no");
        assertThat(attribute(letter, "dataset")).isEqualTo("membership");
        assertThat(attribute(letter, "bucket")).isEqualTo(file.bucket());
        assertThat(attribute(letter, "key")).isEqualTo("incoming/membership/poison\uFFFD.csv");
        assertThat(letter.body()).isEqualTo(SingleObjectNotification.of(file));
        JsonNode entry = json.readTree(
                outside.text("dead-letters/membership/" + file.id() + ".json").orElseThrow());
        assertThat(entry.get("reason").asText()).isEqualTo("header.missing");
        assertThat(entry.get("messageId").asText()).isEqualTo(attribute(letter, "messageId"));
        assertThat(outside.text(file.key())).isPresent();
        assertThat(outside.receipt(file)).isEmpty();
    }

    @Test
    void aMessageThatIsNoJsonIsADeadLetter() {
        String id = outside.send("name,email\nAda,ada@example.com", Map.of());

        Message letter = outside.awaitDeadLetter(
                message -> attribute(message, "messageId").equals(id));
        outside.awaitAllSettled();

        assertThat(attribute(letter, "reason")).isEqualTo("event.unreadable");
        assertThat(attribute(letter, "detail")).doesNotContain("Ada");
        assertThat(letter.body()).isEqualTo("name,email\nAda,ada@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'winnow':{'command':'consolidate','dataset':'Quuxington'}}",
                "{'winnow':{'command':'consolidate','dataset':'Quuxington','hour':'2026-05-18T07'}}",
                "{'winnow':{'command':'reprocess','dataset':'Quuxington','fileId':'0123456789abcdef01234567','replaces':1}}"
            })
    void aCommandForADatasetThatNobodyKnowsIsADeadLetterThatDoesNotRepeatIt(String command) {
        String id = outside.send(command.replace('\'', '"'), Map.of());

        Message letter = outside.awaitDeadLetter(
                message -> attribute(message, "messageId").equals(id));

        assertThat(attribute(letter, "reason")).isEqualTo("dataset.unknown");
        assertThat(attribute(letter, "detail")).contains("membership").doesNotContain("Quuxington");
    }

    @Test
    void aMessageThatNamesAClassStopsNothing() {
        String id = outside.send("not for us", Map.of("_classname", "java.lang.Nope"));

        outside.awaitDeadLetter(message -> attribute(message, "messageId").equals(id));
        SourceFile after = outside.drop(
                "incoming/membership/after.csv",
                "name,email,date_of_birth,mobile_no\nAda,after@example.com,1985-12-10,81234567\n");

        assertThat(outside.awaitReceipt(after).records().accepted()).isOne();
    }

    @Test
    void twoHundredFilesEachAnnouncedThreeTimesInAnyOrderAreEachDecidedOnce() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        List<SourceFile> files = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            StringBuilder content = new StringBuilder("name,email,date_of_birth,mobile_no\n");
            for (int row = 0; row < 3; row++) {
                String email = "f%d-r%d@example.com".formatted(number, row);
                content.append("Ada Lovelace,").append(email);
                content.append(random.nextBoolean() ? ",1985-12-10,81234567\n" : ",1985-12-10,none\n");
                sent.add(email);
            }
            files.add(outside.drop("incoming/membership/drop/" + number + ".csv", content.toString()));
        }
        List<SourceFile> again = new ArrayList<>(files);
        again.addAll(files);
        Collections.shuffle(again, random);
        outside.announce(again);

        List<Receipt> receipts = files.stream().map(outside::awaitReceipt).toList();
        outside.awaitAllSettled();

        List<String> decided = new ArrayList<>();
        for (Receipt receipt : receipts) {
            assertThat(receipt.generation()).isOne();
            for (Receipt.Output output : receipt.outputs()) {
                ADDRESS.matcher(outside.text(output.key()).orElseThrow())
                        .results()
                        .map(MatchResult::group)
                        .forEach(decided::add);
            }
        }
        assertThat(decided).as("records with seed %d", seed).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(outside.keys("incoming/membership/drop/")).isEmpty();
        assertThat(outside.deadLetters())
                .noneMatch(letter -> attribute(letter, "key").startsWith("incoming/membership/drop/"));
    }

    private String output(Receipt receipt, Outcome outcome) {
        return receipt.outputs().stream()
                .filter(output -> output.outcome() == outcome)
                .findFirst()
                .flatMap(output -> outside.text(output.key()))
                .orElseThrow();
    }
}
