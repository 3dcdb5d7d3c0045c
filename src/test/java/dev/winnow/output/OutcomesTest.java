package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.winnow.decision.Decision;
import dev.winnow.decision.Violation;
import dev.winnow.file.Sha256;
import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.InTurn;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OutcomesTest {

    private static final Violation TOO_YOUNG = new Violation("age", "age.under", "too young");
    private static final Violation NO_NAME = new Violation("name", "name.missing", "the name is empty");

    private final InMemoryObjectStore bucket = new InMemoryObjectStore();

    @Test
    void everyRecordGoesIntoTheOutputOfItsDecision() {
        try (Outcomes outcomes = outcomes()) {
            accept(outcomes, 2, "Ada", "36");
            reject(outcomes, 3, List.of(NO_NAME, TOO_YOUNG), "", "12");
            accept(outcomes, 4, "Grace \"Amazing\"", "44");
            write(
                    outcomes,
                    new SourceRecord.WrongWidth(5, List.of("Blaise", "12", "Paris, France")),
                    new Decision.Rejected(5, List.of(new Violation("", "record.fields", "one value too many"))));
            write(
                    outcomes,
                    new SourceRecord.Unreadable(6, SourceRecord.Unreadable.TOO_LONG, "over the limit"),
                    new Decision.Unreadable(6, new Violation("", SourceRecord.Unreadable.TOO_LONG, "over the limit")));

            List<Receipt.Output> outputs = outcomes.finish(() -> {});

            assertThat(outcomes.records()).isEqualTo(new Receipt.Records(5, 2, 2, 1));
            assertThat(outcomes.violations())
                    .containsExactly(
                            entry("age.under", 1L),
                            entry("name.missing", 1L),
                            entry("record.fields", 1L),
                            entry("record.too-long", 1L));
            assertThat(outputs).extracting(Receipt.Output::outcome).containsExactlyInAnyOrder(Outcome.values());
            assertThat(published(outputs, Outcome.SUCCESSFUL)).isEqualTo("person\nAda\n\"Grace \"\"Amazing\"\"\"\n");
            assertThat(published(outputs, Outcome.UNSUCCESSFUL)).isEqualTo("""
                            line,codes,reasons,name,age
                            3,name.missing; age.under,the name is empty; too young,,12
                            5,record.fields,one value too many,Blaise,12,"Paris, France"
                            6,record.too-long,over the limit
                            """);
        }
    }

    @Test
    void pagesAreAppendedInTheOrderOfTheirAppendingWheneverTheyWereWritten() {
        try (Outcomes outcomes = outcomes()) {
            Page first = outcomes.page();
            Page second = outcomes.page();
            second.write(new SourceRecord.Row(3, List.of("Grace", "44")), new Decision.Accepted(3, List.of("Grace")));
            second.write(new SourceRecord.Row(4, List.of("", "3")), new Decision.Rejected(4, List.of(NO_NAME)));
            first.write(new SourceRecord.Row(2, List.of("Ada", "36")), new Decision.Accepted(2, List.of("Ada")));
            outcomes.append(first);
            outcomes.append(second);

            List<Receipt.Output> outputs = outcomes.finish(() -> {});

            assertThat(outcomes.records()).isEqualTo(new Receipt.Records(3, 2, 1, 0));
            assertThat(published(outputs, Outcome.SUCCESSFUL)).isEqualTo("person\nAda\nGrace\n");
        }
    }

    @Test
    void aPageThatWasAppendedComesBackBlank() {
        try (Outcomes outcomes = outcomes()) {
            accept(outcomes, 2, "Ada", "36");
            reject(outcomes, 3, List.of(TOO_YOUNG), "Blaise", "12");
            outcomes.append(outcomes.page());
            reject(outcomes, 4, List.of(NO_NAME), "", "40");

            List<Receipt.Output> outputs = outcomes.finish(() -> {});

            assertThat(outcomes.records()).isEqualTo(new Receipt.Records(3, 1, 2, 0));
            assertThat(outcomes.violations()).isEqualTo(Map.of(TOO_YOUNG.code(), 1L, NO_NAME.code(), 1L));
            assertThat(published(outputs, Outcome.SUCCESSFUL)).isEqualTo("person\nAda\n");
        }
    }

    @Test
    void anOutcomeWithNoRecordsHasNoUpload() {
        try (Outcomes outcomes = outcomes()) {
            reject(outcomes, 2, List.of(TOO_YOUNG), "Ada", "3");

            assertThat(outcomes.finish(() -> {}))
                    .extracting(Receipt.Output::outcome)
                    .containsExactly(Outcome.UNSUCCESSFUL);
            assertThat(bucket.pendingUploads()).isEqualTo(1);
        }
    }

    @Test
    void aFileWithNoRecordsHasNoOutput() {
        try (Outcomes outcomes = outcomes()) {
            assertThat(outcomes.finish(() -> {})).isEmpty();
            assertThat(outcomes.records()).isEqualTo(new Receipt.Records(0, 0, 0, 0));
            assertThat(outcomes.violations()).isEmpty();
        }
        assertThat(bucket.pendingUploads()).isZero();
    }

    @Test
    void whatIsFinishedStaysPendingWhenItIsClosed() {
        try (Outcomes outcomes = outcomes()) {
            accept(outcomes, 2, "Ada", "36");
            reject(outcomes, 3, List.of(TOO_YOUNG), "Blaise", "12");
            outcomes.finish(() -> {});
        }

        assertThat(bucket.pendingUploads()).isEqualTo(2);
        assertThat(bucket.keys()).isEmpty();
    }

    @Test
    void whatIsNotFinishedIsGivenUpWhenItIsClosed() {
        try (Outcomes outcomes = outcomes()) {
            accept(outcomes, 2, "Ada", "36");
            reject(outcomes, 3, List.of(TOO_YOUNG), "Blaise", "12");
            assertThatThrownBy(() -> outcomes.finish(() -> {
                        assertThat(bucket.pendingUploads()).isEqualTo(2);
                        throw new StoreUnavailableException("Cannot do what is done beside");
                    }))
                    .hasMessage("Cannot do what is done beside");
        }

        assertThat(bucket.pendingUploads()).isZero();
    }

    @Test
    void fewRecordsMakeNoCallBeforeTheEnd() {
        try (Outcomes outcomes = outcomes()) {
            accept(outcomes, 2, "Ada", "36");
            reject(outcomes, 3, List.of(TOO_YOUNG), "Blaise", "12");

            assertThat(bucket.pendingUploads()).isZero();
        }
    }

    private Outcomes outcomes() {
        OutputTarget target = new OutputTarget(
                new Header(List.of("name", "age")),
                List.of("name", "age"),
                List.of("person"),
                outcome -> outcome.code() + "/day.csv",
                Map.of("winnow-attempt", "a1"));
        return new Outcomes(new Uploads(bucket, new PartBuffers(5 << 20, 2), InTurn.FORWARDS), target);
    }

    private static void accept(Outcomes outcomes, long line, String name, String age) {
        write(outcomes, new SourceRecord.Row(line, List.of(name, age)), new Decision.Accepted(line, List.of(name)));
    }

    private static void reject(Outcomes outcomes, long line, List<Violation> violations, String name, String age) {
        write(outcomes, new SourceRecord.Row(line, List.of(name, age)), new Decision.Rejected(line, violations));
    }

    private static void write(Outcomes outcomes, SourceRecord record, Decision decision) {
        Page page = outcomes.page();
        page.write(record, decision);
        outcomes.append(page);
    }

    /// An output's text once it is completed, which is as its entry says.
    private String published(List<Receipt.Output> outputs, Outcome outcome) {
        Receipt.Output output = outputs.stream()
                .filter(candidate -> candidate.outcome() == outcome)
                .findFirst()
                .orElseThrow();
        assertThat(output.key()).isEqualTo(outcome.code() + "/day.csv");
        assertThat(bucket.completeUpload(output.key(), output.uploadId(), output.parts()))
                .isTrue();
        byte[] bytes = bucket.read(output.key()).orElseThrow();
        MessageDigest sha256 = Sha256.digest();
        sha256.update(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(output.sha256()).isEqualTo(Sha256.hex(sha256));
        assertThat(output.size()).isEqualTo(bytes.length);
        assertThat(output.records()).isEqualTo(text.lines().count() - 1);
        return text;
    }
}
