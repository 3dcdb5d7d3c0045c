package dev.winnow.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.object.ObjectStore;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The calls that the console makes, on the running service.
@QuarkusTest
final class ConsoleCallsTest {

    private static final String HEADER = "name,email,date_of_birth,mobile_no\n";
    private static final String MIXED =
            HEADER + "Ada,ada@example.com,1985-12-10,81234567\nZoë Byron,zoe@example.com,1990-01-01,81\u200b23\n";

    private final ObjectStore store;
    private final Caller anonymous;
    private final Caller operator;
    private final Caller viewer;

    ConsoleCallsTest(@ConfigProperty(name = "quarkus.http.test-port") int port, ObjectStore store) {
        this.store = store;
        this.anonymous = Caller.anonymous(port);
        this.operator = anonymous.as("operator", "winnow");
        this.viewer = anonymous.as("viewer", "winnow");
    }

    @Test
    void thePageComesToEverybodyWithAPolicyThatLetsNothingElseRun() {
        HttpResponse<String> page = anonymous.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<winnow-console>");
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .contains("connect-src 'self' http://localhost:")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /admin/me",
        "GET, /admin/live",
        "GET, /admin/latest-files",
        "GET, /admin/audit",
        "GET, /admin/dead-letter-groups",
        "GET, /admin/search?key=a",
        "GET, /admin/uploads/file?key=a&eTag=b&size=1",
        "POST, /admin/uploads",
        "GET, /admin/files/948e73ae814d3a01ba51df11/rejected",
        "POST, /admin/files/948e73ae814d3a01ba51df11/downloads"
    })
    void nobodyUnknownMakesThem(String method, String path) {
        HttpResponse<String> answer =
                anonymous.with("Content-Type", "application/json").send(method, path, BodyPublishers.ofString("{}"));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"/admin/uploads", "/admin/files/948e73ae814d3a01ba51df11/downloads"})
    void aViewerIsDeniedWhatLeadsToPeoplesDataOrChangesSomething(String path) {
        assertThat(viewer.post(path, "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void everybodyIsToldWhoTheyAre() {
        JsonNode self = Caller.json(viewer.get("/admin/me"));

        assertThat(self.path("name").asText()).isEqualTo("viewer");
        assertThat(self.path("role").asText()).isEqualTo("viewer");
        assertThat(self.path("datasets").findValuesAsText("name")).contains("membership");
        assertThat(Caller.json(operator.get("/admin/me")).path("role").asText()).isEqualTo("operator");
    }

    @Test
    void anUploadBySignedUrlIsDecidedUnderTheIdThatIsTold() throws Exception {
        String name = UUID.randomUUID() + ".csv";
        JsonNode signed = Caller.json(operator.post("/admin/uploads", upload(name)));

        HttpResponse<String> put = put(signed, MIXED);
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        String eTag = put.headers().firstValue("ETag").orElseThrow().replace("\"", "");
        String id = Caller.json(viewer.get("/admin/uploads/file?key=%s&eTag=%s&size=%d"
                        .formatted(signed.path("key").asText(), eTag, MIXED.getBytes(StandardCharsets.UTF_8).length)))
                .path("fileId")
                .asText();

        JsonNode file = decided(id);
        assertThat(file.path("key").asText()).isEqualTo("incoming/membership/" + name);
    }

    @Test
    void anUploadTakesNothingAwayThatIsNotReadYet() throws Exception {
        String bad = UUID.randomUUID() + ".csv";
        store.put("incoming/membership/" + bad, "name\nAda\n".getBytes(StandardCharsets.UTF_8), "text/csv");

        JsonNode signed = Caller.json(operator.post("/admin/uploads", upload(bad)));

        assertThat(put(signed, MIXED).statusCode()).isEqualTo(412);
        assertThat(store.read("incoming/membership/" + bad))
                .hasValueSatisfying(
                        it -> assertThat(new String(it, StandardCharsets.UTF_8)).isEqualTo("name\nAda\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"dataset\":\"membership\",\"name\":\"../a.csv\"}', name",
        "'{\"dataset\":\"membership\",\"name\":\"..\"}', name",
        "'{\"dataset\":\"membership\"}', name",
        "'{\"dataset\":\"nope\",\"name\":\"a.csv\"}', dataset",
        "'{\"dataset\":\"membership\",\"name\":\"a.csv\",\"key\":\"b\"}', key",
        "'[]', body"
    })
    void anUploadThatCannotBeIsRefused(String body, String field) {
        HttpResponse<String> answer = operator.post("/admin/uploads", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Caller.json(answer).path("errors").findValuesAsText("field")).contains(field);
    }

    @Test
    void rejectedRowsNameTheirCellsAndOnlyOperatorsReadThem() {
        String id = commit(MIXED);

        JsonNode seen = Caller.json(operator.get("/admin/files/" + id + "/rejected"));
        JsonNode masked = Caller.json(viewer.get("/admin/files/" + id + "/rejected"));

        assertThat(seen.path("masked").asBoolean()).isFalse();
        assertThat(texts(seen.path("columns"))).containsExactly("name", "email", "date_of_birth", "mobile_no");
        assertThat(seen.path("rows")).hasSize(1);
        JsonNode row = seen.path("rows").path(0);
        assertThat(row.path("line").asInt()).isEqualTo(3);
        assertThat(row.path("violations").path(0).path("field").asText()).isEqualTo("mobile_no");
        assertThat(row.path("violations").path(0).path("code").asText()).isEqualTo("mobile.invalid");
        assertThat(texts(row.path("cells")))
                .containsExactly("Zoë Byron", "zoe@example.com", "1990-01-01", "81\u200b23");
        assertThat(masked.path("masked").asBoolean()).isTrue();
        assertThat(texts(masked.path("rows").path(0).path("cells")))
                .containsExactly("••• •••••", "•••@•••••••.•••", "••••-••-••", "••\u200b••");
    }

    @Test
    void rejectedRowsComeFiftyAtATime() {
        String row = "Ada,ada@example.com,1985-12-10,8\n";
        String id = commit(HEADER + row.repeat(60));

        JsonNode first = Caller.json(viewer.get("/admin/files/" + id + "/rejected"));
        JsonNode second = Caller.json(viewer.get(
                "/admin/files/" + id + "/rejected?skip=" + first.path("next").asInt()));

        assertThat(first.path("rows")).hasSize(50);
        assertThat(second.path("rows")).hasSize(10);
        assertThat(second.path("rows").path(9).path("line").asInt()).isEqualTo(61);
        assertThat(second.has("next")).isFalse();
        assertThat(viewer.get("/admin/files/" + id + "/rejected?skip=-1").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aDownloadIsSignedForOperatorsAndWrittenDown() throws Exception {
        String id = commit(MIXED);

        JsonNode signed = Caller.json(operator.post("/admin/files/" + id + "/downloads", "{\"what\":\"backup\"}"));
        HttpResponse<String> got = anonymous
                .client()
                .send(
                        HttpRequest.newBuilder(URI.create(signed.path("url").asText()))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(got.body()).isEqualTo(MIXED);
        JsonNode trail = Caller.json(viewer.get("/admin/audit?limit=1000"));
        assertThat(trail.path("entries").findValuesAsText("id"))
                .contains(signed.path("auditId").asText());
        assertThat(operator.post("/admin/files/" + id + "/downloads", "{\"what\":\"secrets\"}")
                        .statusCode())
                .isEqualTo(400);
        String good = commit(HEADER + "Ada,ada@example.com,1985-12-10,81234567\n");
        assertThat(operator.post("/admin/files/" + good + "/downloads", "{\"what\":\"unsuccessful\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void theAuditTrailIsTheNewestFirstAndGoesOnWhereAPageEnds() {
        operator.post("/admin/sweep", "{\"note\":\"first\"}");
        operator.post("/admin/sweep", "{\"note\":\"second\"}");

        JsonNode first = Caller.json(viewer.get("/admin/audit?limit=1"));
        JsonNode second = Caller.json(viewer.get("/admin/audit?limit=1&date="
                + first.path("date").asText() + "&cursor=" + first.path("next").asText()));

        assertThat(first.path("entries").path(0).path("note").asText()).isEqualTo("second");
        assertThat(second.path("entries").path(0).path("note").asText()).isEqualTo("first");
        assertThat(texts(first.path("days"))).contains(first.path("date").asText());
        assertThat(Caller.json(viewer.get("/admin/audit?date=2020-01-01")).path("entries"))
                .isEmpty();
    }

    @Test
    void deadLettersAreGroupedByReasonAndFoundByAPartOfTheirKey() {
        String folder = UUID.randomUUID().toString();
        put(folder + "/a.csv", "name\nAda\n");
        put(folder + "/b.csv", "name\nAda\n");
        String prefix = "incoming/membership/" + folder + "/";

        JsonNode groups = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(viewer.get("/admin/dead-letter-groups?keyPrefix=" + prefix)),
                        it -> it.path("total").asInt() == 2);
        assertThat(groups.path("exact").asBoolean()).isTrue();
        JsonNode group = groups.path("groups").path(0);
        assertThat(group.path("reason").asText()).isEqualTo("header.missing");
        assertThat(group.path("count").asInt()).isEqualTo(2);
        assertThat(group.path("prefixes").path(0).path("what").asText()).isEqualTo(prefix);
        assertThat(group.path("details").path(0).path("what").asText()).contains("missing");
        assertThat(viewer.get("/admin/dead-letter-groups?state=lost").statusCode())
                .isEqualTo(400);

        JsonNode found = Caller.json(viewer.get("/admin/search?key=" + folder.toUpperCase(Locale.ROOT)));
        assertThat(found.path("hits")).hasSize(2);
        assertThat(found.path("hits").path(0).path("status").asText()).isEqualTo("dead-letter");
    }

    @Test
    void aDecidedFileIsFoundByItsName() {
        String name = UUID.randomUUID() + ".csv";
        put(name, MIXED);

        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(viewer.get("/admin/search?key=" + name))
                                .path("hits")
                                .path(0)
                                .path("status")
                                .asText(),
                        "committed"::equals);
    }

    @Test
    void aRedriveOfAnythingButWhatWasLookedAtIsRefused() {
        String prefix = "incoming/membership/" + UUID.randomUUID() + "/";
        put(prefix.substring("incoming/membership/".length()) + "a.csv", "name\nAda\n");
        dead(prefix, 1);
        String filter = "\"keyPrefix\":\"" + prefix + "\"";
        JsonNode look = Caller.json(operator.post("/admin/dead-letters/redrive", "{" + filter + ",\"dryRun\":true}"));
        assertThat(look.path("matched").asInt()).isEqualTo(1);
        assertThat(look.path("samples").path(0).path("key").asText()).isEqualTo(prefix + "a.csv");
        put(prefix.substring("incoming/membership/".length()) + "b.csv", "name\nAda\n");
        dead(prefix, 2);
        String order = "{" + filter + ",\"token\":\"" + look.path("token").asText() + "\"}";

        assertThat(operator.post("/admin/dead-letters/redrive", order).statusCode())
                .isEqualTo(409);
        String token = Caller.json(operator.post("/admin/dead-letters/redrive", "{" + filter + ",\"dryRun\":true}"))
                .path("token")
                .asText();
        Caller keyed = operator.with("Idempotency-Key", UUID.randomUUID().toString());
        String again = "{" + filter + ",\"token\":\"" + token + "\"}";
        HttpResponse<String> sent = keyed.post("/admin/dead-letters/redrive", again);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        // The same call again is the same redrive, though by now there is nothing left to be sent.
        assertThat(Caller.json(keyed.post("/admin/dead-letters/redrive", again)).path("redriveId"))
                .isEqualTo(Caller.json(sent).path("redriveId"));
    }

    @Test
    void theStreamTellsOfAFileAndThenThatItIsStillThere() throws Exception {
        String name = UUID.randomUUID() + ".csv";
        HttpRequest request = HttpRequest.newBuilder(URI.create(viewer.base() + "/admin/live"))
                .headers(viewer.headers().toArray(String[]::new))
                .header("Accept", "text/event-stream")
                .build();

        HttpResponse<Stream<String>> answer = anonymous.client().send(request, BodyHandlers.ofLines());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("text/event-stream"));
        put(name, MIXED);
        List<String> seen = new ArrayList<>();
        try (Stream<String> lines = answer.body()) {
            boolean told = lines.peek(seen::add)
                    .filter(line -> line.startsWith("data:"))
                    .limit(30)
                    .filter(line -> line.contains(name))
                    .map(line -> parsed(line.substring("data:".length())))
                    .flatMap(snapshot -> elements(snapshot.path("lastHour").path("recent")))
                    .anyMatch(it -> it.path("key").asText().endsWith(name)
                            && it.path("status").asText().equals("committed")
                            && it.path("records").path("rejected").asInt() == 1);
            assertThat(told).as(() -> "30 events: " + seen).isTrue();
        }
    }

    @Test
    void theLatestFilesAreListedByCodeAndDataset() {
        String domain = commit(HEADER + "Ada,ada@example.org,1985-12-10,81234567\n");
        String good = commit(HEADER + "Ada,ada@example.com,1985-12-10,81234567\n");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(latest("")).contains(domain, good));
        assertThat(latest("?code=email.domain&dataset=membership"))
                .contains(domain)
                .doesNotContain(good);
        assertThat(viewer.get("/admin/latest-files?dataset=nope").statusCode()).isEqualTo(400);
        assertThat(viewer.get("/admin/latest-files?code=Email").statusCode()).isEqualTo(400);
    }

    @Test
    void whatWaitsIsListedOfAllDatasetsAndOfNone() {
        String key = "incoming/nobody-knows/" + UUID.randomUUID() + ".csv";
        store.put(key, MIXED.getBytes(StandardCharsets.UTF_8), "text/csv");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                elements(Caller.json(viewer.get("/admin/files?status=waiting&limit=1000"))
                                        .path("files")))
                        .filteredOn(it -> it.path("key").asText().equals(key))
                        .singleElement()
                        .satisfies(it -> assertThat(it.path("reason").asText()).isEqualTo("dataset.unknown")));
    }

    @Test
    void theFilesOfACodeAreThoseWhoseRowsHaveIt() {
        String domain =
                commit(HEADER + "Ada,ada@example.org,1985-12-10,81234567\nZoë,zoe@example.org,1990-01-01,81234567\n");
        String mobile = commit(HEADER + "Ada,ada@example.com,1985-12-10,8\n");
        String good = commit(HEADER + "Ada,ada@example.com,1985-12-10,81234567\n");
        String since = Caller.json(viewer.get("/admin/files/" + domain))
                .path("receipts")
                .path(0)
                .path("lastModified")
                .asText()
                .substring(0, 10);

        for (String when : List.of("", "&date=" + since)) {
            String listing = "/admin/files?dataset=membership&limit=1000" + when;
            JsonNode all = Caller.json(viewer.get(listing));
            JsonNode some = Caller.json(viewer.get(listing + "&code=email.domain"));

            assertThat(elements(all.path("files")).map(it -> it.path("fileId").asText()))
                    .contains(domain, mobile, good);
            assertThat(elements(some.path("files")).map(it -> it.path("fileId").asText()))
                    .contains(domain)
                    .doesNotContain(mobile, good);
            assertThat(elements(some.path("files")))
                    .filteredOn(it -> it.path("fileId").asText().equals(domain))
                    .singleElement()
                    .satisfies(
                            it -> assertThat(it.path("violations").toString()).isEqualTo("{\"email.domain\":2}"));
            assertThat(some.path("looked").asInt())
                    .isGreaterThan(some.path("files").size())
                    .isGreaterThanOrEqualTo(all.path("files").size());
            assertThat(Caller.json(viewer.get(listing + "&code=email.domai")).path("files"))
                    .as("no code is a part of another")
                    .isEmpty();
        }
    }

    /// Each page looks at so many objects, whatever it finds among them.
    @Test
    void pagesOfACodeGoOnWhereNoneWasFoundAndAreNotThoseOfAnother() {
        String domain = commit(HEADER + "Ada,ada@example.org,1985-12-10,81234567\n");
        commit(HEADER + "Ada,ada@example.com,1985-12-10,81234567\n");
        String listing = "/admin/files?dataset=membership&limit=1&code=email.domain";
        List<String> found = new ArrayList<>();
        int empty = 0;
        String next = "";
        do {
            JsonNode page = Caller.json(viewer.get(listing + next));
            assertThat(page.path("looked").asInt()).isOne();
            elements(page.path("files"))
                    .forEach(it -> found.add(it.path("fileId").asText()));
            empty += page.path("files").isEmpty() ? 1 : 0;
            next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
            if (!next.isEmpty()) {
                assertThat(viewer.get(listing.replace("email.domain", "age.under") + next)
                                .statusCode())
                        .as("with the cursor of another code")
                        .isEqualTo(400);
            }
        } while (!next.isEmpty());

        assertThat(found).contains(domain).doesNotHaveDuplicates();
        assertThat(empty).isPositive();
    }

    private void dead(String prefix, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(viewer.get("/admin/dead-letter-groups?keyPrefix=" + prefix))
                                .path("total")
                                .asInt(),
                        it -> it == count);
    }

    private void put(String name, String body) {
        store.put("incoming/membership/" + name, body.getBytes(StandardCharsets.UTF_8), "text/csv");
    }

    private HttpResponse<String> put(JsonNode signed, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(signed.path("url").asText())).PUT(BodyPublishers.ofString(body));
        signed.path("headers")
                .properties()
                .forEach(it -> request.header(it.getKey(), it.getValue().asText()));
        return anonymous.client().send(request.build(), BodyHandlers.ofString());
    }

    /// A file's id, once it is decided.
    private String commit(String body) {
        String name = UUID.randomUUID() + ".csv";
        put(name, body);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(viewer.get("/admin/search?key=" + name))
                                .path("hits")
                                .path(0),
                        it -> it.path("status").asText().equals("committed"))
                .path("id")
                .asText();
    }

    private JsonNode decided(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Caller.json(viewer.get("/admin/files/" + id)),
                        it -> it.path("status").asText().equals("committed"));
    }

    /// The ids of the files that were decided lately.
    private List<String> latest(String query) {
        return elements(Caller.json(viewer.get("/admin/latest-files" + query)).path("files"))
                .map(it -> it.path("fileId").asText())
                .toList();
    }

    private static String upload(String name) {
        return "{\"dataset\":\"membership\",\"name\":\"" + name + "\"}";
    }

    private static List<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all.stream();
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
