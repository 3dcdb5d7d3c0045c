package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.SourceFile;
import dev.winnow.notification.Command;
import dev.winnow.object.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

final class MessageWorkerTest {

    private final Edge edge = new Edge();
    private final MessageWorker worker = edge.worker();
    private final Map<String, SourceFile> files = new HashMap<>();

    MessageWorkerTest() {
        drop("good", "guests/good.csv", "name\nAda\n");
        drop("other", "guests/other.csv", "name\nGrace\n");
        drop("poison", "guests/poison.csv", "nome\nAda\n");
        drop("stranger", "strangers/a.csv", "name\nAda\n");
        drop("overwritten", "guests/overwritten.csv", "name\nAda\n");
        edge.bucket.put("incoming/guests/overwritten.csv", "name\nGrace\n");
        drop("gone", "guests/gone.csv", "name\nAda\n");
        edge.bucket.remove("incoming/guests/gone.csv");
        drop("postponed", "guests/postponed.csv", "name\nAda\n");
        edge.bucket.fail("open incoming/guests/postponed.csv", new StoreUnavailableException("S3 answers SlowDown"));
        drop("bug", "guests/bug.csv", "name\nAda\n");
        edge.bucket.fail("open incoming/guests/bug.csv", new IllegalStateException("Ada"));
        drop("memory", "guests/memory.csv", "name\nAda\n");
        edge.bucket.fail("open incoming/guests/memory.csv", new OutOfMemoryError("test"));
        edge.carryingOut = command -> {
            if (command instanceof Command.Redrive) {
                throw new StoreUnavailableException("S3 answers SlowDown");
            }
        };
        edge.bucket.put("incoming/guests/nameless.csv", "name\nAda\n");
        edge.bucket.put("incoming/guests/untold.csv", "name\nAda\n");
        edge.bucket.fail("head incoming/guests/untold.csv", new StoreUnavailableException("S3 answers SlowDown"));
    }

    /// A delivery and what comes of it, from `messages.cases`: `=== title`, the body with each file's record as
    /// `<name>`, `--- delivery settlement`, then what was left behind.
    record Case(String title, String body, int delivery, String settlement, List<String> leaves) {

        private static Case of(String text) {
            int rule = text.indexOf("\n--- ");
            String title = text.substring(0, text.indexOf('\n'));
            List<String> after = text.substring(rule + 5).strip().lines().toList();
            String[] outcome = after.getFirst().split(" ", -1);
            return new Case(
                    title,
                    text.substring(text.indexOf('\n') + 1, rule),
                    Integer.parseInt(outcome[0]),
                    outcome[1],
                    after.subList(1, after.size()));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void messageComesToTheEndThatItsCaseNames(Case it) throws IOException {
        Settlement settlement = worker.work(edge.delivery("m-1", body(it.body()), it.delivery()));

        assertThat(word(settlement)).isEqualTo(it.settlement());
        assertThat(left()).containsExactlyInAnyOrderElementsOf(it.leaves());
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(MessageWorkerTest.class.getResourceAsStream("messages.cases"))) {
            return Arrays.stream(("\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8)).split("\n=== ", -1))
                    .skip(1)
                    .map(Case::of);
        }
    }

    @Test
    void aCommandIsCarriedOut() {
        worker.work(edge.delivery("m-1", "{\"winnow\":{\"command\":\"sweep\"}}", 1));

        assertThat(edge.carriedOut).containsExactly(new Command.Sweep());
    }

    @Test
    void aReceiptSaysWhatMadeTheFileComeUp() throws IOException {
        worker.work(edge.registry.delivery("m-1", body("{\"Records\":[<good>]}"), 1, Map.of("via", "sweep")));
        worker.work(edge.registry.delivery("m-2", body("{\"Records\":[<other>]}"), 1, Map.of("reason", "exhausted")));

        assertThat(edge.bucket.keys("receipts/"))
                .extracting(key -> json(key).get("via").asText())
                .containsExactlyInAnyOrder("sweep", "redrive");
    }

    @Test
    void aFileThatComesBackTooOftenIsGivenUpUnread() throws IOException {
        edge.bucket.before("open incoming/guests/good.csv", () -> {
            throw new AssertionError("it was read");
        });
        String body = body("{\"Records\":[<good>]}");
        Map<String, String> movedBackBySqs =
                Map.of("reason", "header.missing", "detail", "Cannot find: name", "redrives", "3");

        assertThat(worker.work(edge.registry.delivery("m-9", body, 1, movedBackBySqs)))
                .isInstanceOf(Settlement.Done.class);

        assertThat(left())
                .containsExactlyInAnyOrder(
                        "entry header.missing guests/good.csv", "notice header.missing guests/good.csv");
        assertThat(Registry.attributes(edge.notices().getFirst()))
                .containsEntry("redrives", "4")
                .hasEntrySatisfying(
                        "detail",
                        detail -> assertThat(detail)
                                .isEqualTo("Not tried again: it has come back 3 times (winnow.redrive.budget);"
                                        + " before: Cannot find: name"));
    }

    @Test
    void thatAFileIsNotTriedAgainIsSaidOnceHoweverOftenItComesBack() throws IOException {
        String body = body("{\"Records\":[<good>]}");
        String detail = "Not tried again: it has come back 3 times (winnow.redrive.budget); before: Cannot find: name";
        Map<String, String> movedBackBySqs = Map.of("reason", "header.missing", "detail", detail, "redrives", "4");

        worker.work(edge.registry.delivery("m-9", body, 1, movedBackBySqs));

        assertThat(Registry.attributes(edge.notices().getFirst()))
                .containsEntry("redrives", "5")
                .containsEntry("detail", detail);
    }

    @Test
    void aFileMayComeBackAsOftenAsItsBudgetAllows() throws IOException {
        String body = body("{\"Records\":[<good>]}");

        worker.work(edge.registry.delivery("m-9", body, 1, Map.of("via", "redrive", "redrives", "3")));

        assertThat(left()).containsExactly("receipt guests/good.csv");
    }

    @Test
    void aFileThatIsDecidedIsNoDeadLetterHoweverOftenItComesBack() throws IOException {
        String body = body("{\"Records\":[<good>]}");
        worker.work(edge.delivery("m-1", body, 1));

        worker.work(edge.registry.delivery("m-9", body, 1, Map.of("redrives", "9")));

        assertThat(left()).containsExactly("receipt guests/good.csv");
    }

    @Test
    void aMessageIsDoneOnceAllItsFilesAre() throws IOException {
        String body = body("{\"Records\":[<poison>,<good>,<postponed>]}");

        for (int receiveCount = 1; receiveCount <= 3; receiveCount++) {
            assertThat(worker.work(edge.delivery("m-1", body, receiveCount))).isInstanceOf(Settlement.Again.class);
            assertThat(left())
                    .containsExactlyInAnyOrder(
                            "receipt guests/good.csv",
                            "entry header.missing guests/poison.csv",
                            "notice header.missing guests/poison.csv");
        }
        edge.bucket.mend();

        assertThat(worker.work(edge.delivery("m-1", body, 4))).isInstanceOf(Settlement.Done.class);
        assertThat(left())
                .containsExactlyInAnyOrder(
                        "receipt guests/good.csv",
                        "receipt guests/postponed.csv",
                        "entry header.missing guests/poison.csv",
                        "notice header.missing guests/poison.csv");
        assertThat(edge.bucket.keys("incoming/guests/"))
                .contains("incoming/guests/poison.csv")
                .doesNotContain("incoming/guests/good.csv", "incoming/guests/postponed.csv");
    }

    @Test
    void theWaitGrowsWithTheDeliveries() throws IOException {
        String body = body("{\"Records\":[<postponed>]}");

        assertThat(worker.work(edge.delivery("m-1", body, 1)))
                .isInstanceOfSatisfying(
                        Settlement.Again.class,
                        again -> assertThat(again.after()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10)));
        assertThat(worker.work(edge.delivery("m-1", body, 4)))
                .isInstanceOfSatisfying(
                        Settlement.Again.class,
                        again -> assertThat(again.after()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(80)));
    }

    @Test
    void theLastDeliverySaysWhatStoodInTheWay() throws IOException {
        worker.work(edge.delivery("m-1", body("{\"Records\":[<postponed>]}"), 5));

        assertThat(edge.notices())
                .singleElement()
                .satisfies(notice ->
                        assertThat(Registry.attributes(notice).get("detail")).isEqualTo("S3 answers SlowDown"));
    }

    @Test
    void aBugsOwnWordsReachNoDeadLetter() throws IOException {
        worker.work(edge.delivery("m-1", body("{\"Records\":[<bug>]}"), 5));

        assertThat(edge.notices())
                .singleElement()
                .satisfies(notice -> assertThat(Registry.attributes(notice).get("detail"))
                        .contains("java.lang.IllegalStateException")
                        .doesNotContain("Ada"));
    }

    @Test
    void theWorkerOutlivesABugAndLackOfMemory() throws IOException {
        worker.work(edge.delivery("m-1", body("{\"Records\":[<bug>]}"), 1));
        worker.work(edge.delivery("m-2", body("{\"Records\":[<memory>]}"), 1));

        assertThat(worker.work(edge.delivery("m-3", body("{\"Records\":[<good>]}"), 1)))
                .isInstanceOf(Settlement.Done.class);
        assertThat(left()).containsExactly("receipt guests/good.csv");
    }

    @Test
    void aNoticeThatCannotBeSentDelaysNoOtherFile() throws IOException {
        edge.sqs.failNext(SendMessageRequest.class, SdkClientException.create("AccessDenied"));
        String body = body("{\"Records\":[<poison>,<good>]}");

        assertThat(worker.work(edge.delivery("m-1", body, 1))).isInstanceOf(Settlement.Again.class);
        assertThat(left())
                .containsExactlyInAnyOrder(
                        "receipt guests/good.csv", "notice header.missing guests/poison.csv" /* the failed one */);

        assertThat(worker.work(edge.delivery("m-1", body, 2))).isInstanceOf(Settlement.Done.class);
        assertThat(edge.sqs.depth(edge.givenUp)).isOne();
        assertThat(edge.bucket.keys("dead-letters/")).hasSize(1);
    }

    private void drop(String name, String path, String text) {
        files.put(name, edge.bucket.put("incoming/" + path, text));
    }

    private String body(String template) {
        String body = template;
        for (Map.Entry<String, SourceFile> file : files.entrySet()) {
            body = body.replace('<' + file.getKey() + '>', edge.event(file.getValue()));
        }
        return body;
    }

    private static String word(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Done() -> "done";
            case Settlement.Again(Duration _) -> "again";
        };
    }

    /// What the deliveries left behind: receipts, dead-letter entries, notices, and counts of what was ignored.
    private List<String> left() {
        List<String> left = new ArrayList<>();
        for (String key : edge.bucket.keys("receipts/")) {
            left.add("receipt " + path(json(key)));
        }
        for (String key : edge.bucket.keys("dead-letters/")) {
            left.add("entry " + json(key).get("reason").asText() + ' ' + path(json(key)));
        }
        for (SendMessageRequest notice : edge.notices()) {
            Map<String, String> attributes = Registry.attributes(notice);
            String key = attributes.getOrDefault("key", "incoming/-");
            left.add("notice " + attributes.get("reason") + ' ' + key.substring("incoming/".length()));
        }
        edge.meters
                .find("winnow.events.ignored")
                .counters()
                .forEach(counter -> left.add("ignored " + counter.getId().getTag("why") + ' ' + (int) counter.count()));
        return left;
    }

    private JsonNode json(String key) {
        try {
            return edge.json.readTree(edge.bucket.text(key).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(JsonNode file) {
        return file.path("key").asText("incoming/-").substring("incoming/".length());
    }
}
