package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.admin.access.Audit;
import dev.winnow.deadletter.Reconciliation;
import dev.winnow.object.ListedObject;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.SchemaCheck;
import dev.winnow.sqs.Attributes;
import dev.winnow.sqs.Queues;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// The calls on the running service, over files that really went through it.
@QuarkusTest
final class AdminCallsTest {

    private static final String GOOD = "name,email,date_of_birth,mobile_no\nAda,ada@example.com,1985-12-10,81234567\n";
    private static final String BAD = "name,email\nAda,ada@example.com\n";
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");

    private final ObjectStore store;
    private final SqsClient sqs;
    private final Queues queues;
    private final Reconciliation reconciliation;
    private final Caller operator;
    private final Caller viewer;

    AdminCallsTest(
            @ConfigProperty(name = "quarkus.http.test-port") int port,
            ObjectStore store,
            SqsClient sqs,
            Queues queues,
            Reconciliation reconciliation) {
        this.store = store;
        this.sqs = sqs;
        this.queues = queues;
        this.reconciliation = reconciliation;
        this.operator = Caller.anonymous(port).as("operator", "winnow");
        this.viewer = Caller.anonymous(port).as("viewer", "winnow");
    }

    @Test
    void aCommittedFileIsFoundByItsHourByItsDatasetAndById() {
        JsonNode file = commit();

        String at = file.path("since").asText();
        String hour = "/admin/files?dataset=membership&date=%s&hour=%s&limit=1000"
                .formatted(at.substring(0, 10), at.substring(11, 13));
        assertThat(ids(Caller.json(viewer.get(hour)).path("files")))
                .contains(file.path("fileId").asText());
        // The receipt stands before the source is removed.
        JsonNode history = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(
                                viewer.get("/admin/files/" + file.path("fileId").asText())),
                        it -> !it.path("waiting").asBoolean());
        assertThat(history.path("dataset").asText()).isEqualTo("membership");
        assertThat(history.path("receipts")
                        .path(0)
                        .path("records")
                        .path("accepted")
                        .asInt())
                .isOne();
        assertThat(history.has("deadLetter")).isFalse();
    }

    @Test
    void pagesOfOneAreTogetherTheListingWhateverIsCommittedMeanwhile() {
        Set<String> before = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            before.add(commit().path("fileId").asText());
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = Caller.json(viewer.get("/admin/files?dataset=membership&limit=1" + next));
            seen.addAll(ids(page.path("files")));
            next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
            if (seen.size() == 1) {
                commit();
            }
        } while (!next.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void aFileThatWasGivenUpIsListedAsSuchAndStillWaits() {
        JsonNode letter = giveUp();
        String id = letter.path("fileId").asText();

        assertThat(ids(Caller.json(viewer.get("/admin/files?dataset=membership&status=dead-letter&limit=1000"))
                        .path("files")))
                .contains(id);
        JsonNode history = Caller.json(viewer.get("/admin/files/" + id));
        assertThat(history.path("waiting").asBoolean()).isTrue();
        assertThat(history.path("receipts").isEmpty()).isTrue();
        assertThat(history.path("deadLetter").path("reason").asText()).isEqualTo("header.missing");
        assertThat(operator.post("/admin/files/" + id + "/reprocess").statusCode())
                .isEqualTo(409);
    }

    @Test
    void aFileIsDecidedAgainOnceHoweverOftenItIsAsked() {
        String id = commit().path("fileId").asText();

        HttpResponse<String> first = operator.post("/admin/files/" + id + "/reprocess");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(Caller.json(first).path("replaces").asInt()).isOne();
        await().atMost(Duration.ofSeconds(30)).until(() -> generation(id) == 2);
    }

    @Test
    void aDiscardedDeadLetterIsListedOnlyWhenAskedForUntilItIsRestored() {
        JsonNode letter = giveUp();
        String path = "/admin/dead-letters/" + letter.path("id").asText();
        String listing = "/admin/dead-letters?keyPrefix=" + letter.path("key").asText();

        assertThat(operator.send("DELETE", path, BodyPublishers.noBody()).statusCode())
                .isEqualTo(200);
        assertThat(Caller.json(viewer.get(listing)).path("deadLetters").size()).isZero();
        assertThat(Caller.json(viewer.get(listing + "&state=discarded"))
                        .path("deadLetters")
                        .size())
                .isOne();
        assertThat(operator.post(path + "/restore").statusCode()).isEqualTo(200);
        assertThat(Caller.json(viewer.get(listing)).path("deadLetters").size()).isOne();
        assertThat(Caller.json(viewer.get(listing)).path("reasons").toString()).isEqualTo("{\"header.missing\":1}");
    }

    @Test
    void aGroupIsDiscardedAsItWasLookedAtAndEachOfItCanBeRestored() {
        List<JsonNode> letters = List.of(giveUp(), giveUp());
        String ids = "\"ids\":[\"%s\",\"%s\"]"
                .formatted(
                        letters.get(0).path("id").asText(),
                        letters.get(1).path("id").asText());
        String path = "/admin/dead-letters/discard";

        JsonNode look = Caller.json(operator.post(path, "{" + ids + ",\"dryRun\":true}"));
        assertThat(look.path("matched").asInt()).isEqualTo(2);
        assertThat(look.path("samples")).hasSize(2);
        String same = "{" + ids + ",\"token\":\"" + look.path("token").asText() + "\",\"note\":\"never mind\"}";
        assertThat(viewer.post(path, same).statusCode()).isEqualTo(403);
        JsonNode done = Caller.json(operator.post(path, same));

        assertThat(done.path("discarded").asInt()).isEqualTo(2);
        assertThat(done.path("skipped").asInt(-1)).isZero();
        String id = done.path("auditId").asText();
        assertThat(auditKeys())
                .filteredOn(key -> key.contains(id))
                .singleElement()
                .satisfies(key -> assertThat(entry(key)).contains("\"matched\" : 2", "never mind"));
        assertThat(operator.post(path, same).statusCode())
                .as("what was looked at is no longer so")
                .isEqualTo(409);
        for (JsonNode letter : letters) {
            String one = "/admin/dead-letters/" + letter.path("id").asText();
            assertThat(Caller.json(viewer.get(one)).path("discarded").path("by").asText())
                    .isEqualTo("operator");
            assertThat(operator.post(one + "/restore").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRestoredDeadLetterHasItsNoticeAgain() {
        String id = giveUp().path("id").asText();
        String path = "/admin/dead-letters/" + id;

        // The service makes passes over the queue too, and each hides for a while what it looks at.
        await().atMost(Duration.ofSeconds(30)).until(() -> notices(id) == 1);
        operator.send("DELETE", path, BodyPublishers.noBody());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> notices(id) == 0 && reconciliation.pass().cleared() == 0);
        operator.post(path + "/restore");

        await().atMost(Duration.ofSeconds(30)).until(() -> notices(id) > 0);
    }

    @Test
    void theSameKeyIsTheSameRedriveAndNotAnother() {
        String id = giveUp().path("id").asText();
        Caller keyed = operator.with("Idempotency-Key", "key-" + id);
        String body = "{\"ids\":[\"%s\"]}".formatted(id);

        JsonNode dry =
                Caller.json(operator.post("/admin/dead-letters/redrive", body.replace("}", ",\"dryRun\":true}")));
        JsonNode first = Caller.json(keyed.post("/admin/dead-letters/redrive", body));
        JsonNode again = Caller.json(keyed.post("/admin/dead-letters/redrive", body));

        assertThat(dry.path("matched").asInt()).isOne();
        assertThat(dry.has("redriveId")).isFalse();
        assertThat(first.path("matched").asInt()).isOne();
        assertThat(again.path("redriveId")).isEqualTo(first.path("redriveId"));
        for (String other : List.of(
                "{\"reason\":\"csv.malformed\"}",
                body.replace("}", ",\"max\":1}"),
                body.replace("}", ",\"resetBudget\":true}"),
                "{\"everything\":true}")) {
            Set<String> before = auditKeys();
            assertThat(keyed.post("/admin/dead-letters/redrive", other).statusCode())
                    .as(other)
                    .isEqualTo(422);
            assertThat(auditKeys()).as("nothing is done, so nothing is audited").isEqualTo(before);
        }
        assertThat(operator.post("/admin/dead-letters/redrive", "{\"reason\":\"csv.malformed\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(viewer.get("/admin/redrives").statusCode()).isEqualTo(200);
        String redrive = "/admin/redrives/" + first.path("redriveId").asText();
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Caller.json(viewer.get(redrive)).path("state").asText().equals("done"));
        // The file is as it was, so it is given up anew.
        JsonNode ended = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(viewer.get(redrive)),
                        it -> it.path("left").asInt() == 0);
        assertThat(ended.path("backAgain").asInt()).isOne();
        assertThat(ended.path("succeeded").asInt(-1)).isZero();
        assertThat(Caller.json(viewer.get("/admin/redrives")).path(0).has("succeeded"))
                .as("in the listing")
                .isFalse();
    }

    @Test
    void everyCallOfTheDescriptionThatChangesSomethingLeavesAnAuditEntry() {
        String file = commit().path("fileId").asText();
        String letter = giveUp().path("id").asText();
        String body = "{\"ids\":[\"%s\"],\"note\":\"a test\"}".formatted(letter);
        String redrive = Caller.json(operator.post("/admin/dead-letters/redrive", body))
                .path("redriveId")
                .asText();
        String paused = pausedRedrive();
        JsonNode paths = Caller.json(operator.get("/q/openapi?format=json")).path("paths");
        Map<String, String> ids = Map.of(
                "/admin/files/{fileId}/reprocess", file,
                "/admin/files/{fileId}/downloads", file,
                "/admin/dead-letters/{id}", letter,
                "/admin/dead-letters/{id}/restore", letter,
                "/admin/redrives/{id}", redrive,
                "/admin/redrives/{id}/pause", paused,
                "/admin/redrives/{id}/resume", paused);
        List<String> tried = new ArrayList<>();

        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String method = operation.getKey();
                    String call = operation.getValue().path("operationId").asText();
                    if (METHODS.contains(method) && !method.equals("get") && !call.equals("validate")) {
                        String at = path.getKey().replaceFirst("\\{.*?}", ids.getOrDefault(path.getKey(), "none"));
                        Set<String> before = auditKeys();
                        Caller caller =
                                method.equals("post") ? operator.with("Content-Type", "application/json") : operator;
                        String sent = switch (call) {
                            case "redrive", "discardDeadLetters" -> body;
                            case "signDownload" -> "{\"what\":\"backup\"}";
                            case "signUpload" -> "{\"dataset\":\"membership\",\"name\":\"a.csv\"}";
                            default -> "{\"note\":\"a test\"}";
                        };
                        HttpResponse<String> answer = caller.send(
                                method.toUpperCase(Locale.ROOT),
                                at,
                                method.equals("post") ? BodyPublishers.ofString(sent) : BodyPublishers.noBody());

                        assertThat(answer.statusCode())
                                .as("%s: %s", call, answer.body())
                                .isBetween(200, 299);
                        Set<String> added = auditKeys();
                        added.removeAll(before);
                        assertThat(added)
                                .as(call)
                                .anySatisfy(key -> assertThat(entry(key))
                                        .contains("\"call\" : \"" + call + "\"", "\"who\" : \"operator\""));
                        assertThat(viewer.send(method.toUpperCase(Locale.ROOT), at, BodyPublishers.noBody())
                                        .statusCode())
                                .as("%s as a viewer", call)
                                .isEqualTo(403);
                        tried.add(call);
                    }
                }));

        assertThat(tried)
                .containsExactlyInAnyOrder(
                        "sweep",
                        "consolidate",
                        "reprocess",
                        "discardDeadLetter",
                        "discardDeadLetters",
                        "restoreDeadLetter",
                        "redrive",
                        "cancelRedrive",
                        "pauseRedrive",
                        "resumeRedrive",
                        "signDownload",
                        "signUpload");
    }

    @Test
    void aMethodThatAPathDoesNotKnowIsRefusedByThoseItDoes() {
        JsonNode paths = Caller.json(operator.get("/q/openapi?format=json")).path("paths");

        paths.properties().forEach(path -> {
            String at = path.getKey().replaceFirst("\\{.*?}", "0123456789abcdef01234567");
            Set<String> known = new TreeSet<>(Set.of("OPTIONS"));
            path.getValue().properties().forEach(it -> known.add(it.getKey().toUpperCase(Locale.ROOT)));
            if (known.contains("GET")) {
                known.add("HEAD");
            }
            for (String method : List.of("TRACE", "PATCH", "OPTIONS")) {
                HttpResponse<String> answer = operator.send(method, at, BodyPublishers.noBody());
                assertThat(answer.statusCode()).as("%s %s", method, at).isEqualTo(method.equals("OPTIONS") ? 200 : 405);
                assertThat(answer.headers().allValues("Allow"))
                        .as("%s %s", method, at)
                        .containsExactly(String.join(", ", known));
            }
        });
        assertThat(paths.size()).isGreaterThan(10);
    }

    /// An OIDC token, too, may have the role of an operator and no other.
    @Test
    void whoIsAnOperatorAndNothingElseSeesWhatAViewerSees() {
        String file = commit().path("fileId").asText();
        String letter = giveUp().path("id").asText();
        String redrive = Caller.json(
                        operator.post("/admin/dead-letters/redrive", "{\"ids\":[\"%s\"]}".formatted(letter)))
                .path("redriveId")
                .asText();

        for (String path : List.of(
                "/admin/files?dataset=membership",
                "/admin/files/" + file,
                "/admin/dead-letters",
                "/admin/dead-letters/" + letter,
                "/admin/redrives",
                "/admin/redrives/" + redrive)) {
            assertThat(operator.get(path).statusCode()).as(path).isEqualTo(200);
            assertThat(viewer.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(operator.with("Content-Type", "text/csv")
                        .send("POST", "/admin/validate?dataset=membership", BodyPublishers.ofString(GOOD))
                        .statusCode())
                .isEqualTo(200);
        assertThat(auditKeys()).anySatisfy(key -> assertThat(entry(key)).contains("\"roles\" : [ \"operator\" ]"));
    }

    @Test
    void aPausedRedriveIsToldAsSuchAndGoesOnOnceItIsResumed() {
        String id = pausedRedrive();
        String redrive = "/admin/redrives/" + id;
        Map<String, Object> paused = Map.of("state", "paused", "matched", 1, "sent", 0);

        assertThat(Caller.json(operator.post(redrive + "/pause")).path("state").asText())
                .as("once more")
                .isEqualTo("paused");
        JsonNode told = Caller.json(viewer.get(redrive));
        paused.forEach((name, value) -> assertThat(told.path(name).asText()).isEqualTo(String.valueOf(value)));
        assertThat(Caller.json(viewer.get("/admin/redrives"))
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("paused");
        assertThat(viewer.post(redrive + "/pause").statusCode()).isEqualTo(403);
        assertThat(viewer.post(redrive + "/resume").statusCode()).isEqualTo(403);
        assertThat(Caller.json(operator.post(redrive + "/resume")).path("state").asText())
                .isEqualTo("running");
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Caller.json(viewer.get(redrive)).path("state").asText().equals("done"));
        for (String verb : List.of("pause", "resume")) {
            Set<String> before = auditKeys();
            HttpResponse<String> refused = operator.post(redrive + "/" + verb);
            assertThat(refused.statusCode()).as(verb).isEqualTo(409);
            assertThat(Caller.json(refused).path("detail").asText())
                    .isEqualTo("Cannot " + verb + " redrive " + id + ": it is done");
            assertThat(auditKeys()).as("nothing is done, so nothing is audited").isEqualTo(before);
            assertThat(operator.post("/admin/redrives/none/" + verb).statusCode())
                    .as(verb)
                    .isEqualTo(404);
        }
    }

    @Test
    void aPausedRedriveCanBeCancelled() {
        String redrive = "/admin/redrives/" + pausedRedrive();

        HttpResponse<String> cancelled = operator.send("DELETE", redrive, BodyPublishers.noBody());

        assertThat(Caller.json(cancelled).path("state").asText()).isEqualTo("cancelled");
        assertThat(operator.post(redrive + "/resume").statusCode()).isEqualTo(409);
    }

    /// One that nobody has in hand, with a letter that has gone meanwhile.
    private String pausedRedrive() {
        String id = UUID.randomUUID().toString();
        String at = Instant.now().toString();
        store.put(
                "redrives/" + id + ".json",
                """
                {"schema": 1, "id": "%s", "by": "operator", "filter": {"ids": ["0123456789abcdef01234567"]},
                 "resetBudget": false, "letters": [{"id": "0123456789abcdef01234567", "dataset": "membership", "at": "%s"}],
                 "sent": 0, "skipped": 0, "lost": 0, "state": "paused", "startedAt": "%s", "updatedAt": "%s"}
                """.formatted(id, at, at, at).getBytes(StandardCharsets.UTF_8),
                "application/json");
        return id;
    }

    private JsonNode commit() {
        String key = "incoming/membership/admin/" + UUID.randomUUID() + ".csv";
        store.put(key, (GOOD + key.replaceAll("[^a-z]", "") + ",,,\n").getBytes(StandardCharsets.UTF_8), "text/csv");
        return await().atMost(Duration.ofSeconds(30)).until(() -> committed(key), it -> !it.isMissingNode());
    }

    private JsonNode committed(String key) {
        for (JsonNode file : Caller.json(viewer.get("/admin/files?dataset=membership&limit=1000"))
                .path("files")) {
            if (file.path("key").asText().equals(key)) {
                return file;
            }
        }
        return Caller.json(viewer.get("/q/health")).path("none");
    }

    private JsonNode giveUp() {
        String key = "incoming/membership/admin/" + UUID.randomUUID() + ".csv";
        store.put(key, BAD.getBytes(StandardCharsets.UTF_8), "text/csv");
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(viewer.get("/admin/dead-letters?keyPrefix=" + key))
                                .path("deadLetters")
                                .path(0),
                        it -> !it.isMissingNode());
    }

    private int generation(String id) {
        return Caller.json(viewer.get("/admin/files/" + id))
                .path("receipts")
                .path(0)
                .path("generation")
                .asInt();
    }

    /// How many messages of the dead-letter queue are about a file; all are visible again afterwards.
    private long notices(String fileId) {
        String queue = queues.deadLetters().url();
        List<Message> all = new ArrayList<>();
        List<Message> more = receive(queue);
        while (!more.isEmpty()) {
            all.addAll(more);
            more = receive(queue);
        }
        all.forEach(message -> sqs.changeMessageVisibility(request ->
                request.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0)));
        return all.stream()
                .map(message -> message.messageAttributes().get(Attributes.FILE_ID))
                .filter(attribute ->
                        attribute != null && attribute.stringValue().equals(fileId))
                .count();
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(request -> request.queueUrl(queue)
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(60)
                        .messageAttributeNames("All"))
                .messages();
    }

    private static List<String> ids(JsonNode files) {
        List<String> ids = new ArrayList<>();
        files.forEach(file -> ids.add(file.path("fileId").asText()));
        return ids;
    }

    private Set<String> auditKeys() {
        Set<String> keys = new TreeSet<>();
        for (ListedObject object : store.list("audit/", "", 1000).objects()) {
            keys.add(object.key());
        }
        return keys;
    }

    private String entry(String key) {
        byte[] bytes = store.read(key).orElseThrow();
        SchemaCheck.of(Audit.class, "audit.schema.json").accepts(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
