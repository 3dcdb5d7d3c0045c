import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A short life of the service, from its start to SIGTERM, beside an S3 and an SQS that are just good enough for it.
///
///     java Rehearsal.java JAVA [OPTION...]
///
/// starts the given command, lets it take in files as they come (plain, gzip, zstd, and one that cannot be read), carry
/// out the hourly commands and answer a few calls, and stops it. Both stores are in this process, behind one TLS port of
/// this machine with a certificate made for the occasion, so nothing leaves the machine and no account is needed. It is
/// what the JVM learns from when the image is built, and what shows that no module or library is missing in it: exit
/// status 1 with the reason if anything did not become what it should.
final class Rehearsal {

    private static final String BUCKET = "rehearsal";
    private static final String PASSWORD = "rehearsal-only";
    private static final int WITHIN = 180;

    /// Enough of them for the JVM to know which methods of a file's calls are worth compiling; many more make it compile
    /// more than a short life pays back.
    private static final int SMALL_FILES = 150;

    private static final int FILES = SMALL_FILES + 3;

    private record Stored(byte[] body, String eTag, Instant at, Map<String, String> metadata) {}

    private record Upload(String key, Map<String, String> metadata, Map<Integer, byte[]> parts) {}

    private record Answer(int status, byte[] body, Map<String, String> headers) {
        static Answer of(int status, String body) {
            return new Answer(status, body.getBytes(UTF_8), Map.of());
        }

        static Answer error(int status, String code) {
            return of(status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
        }
    }

    private static final class Wrong extends Exception {
        Wrong(String what) {
            super(what);
        }
    }

    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> queues =
            Map.of("winnow", new LinkedBlockingQueue<>(), "winnow-dead-letters", new LinkedBlockingQueue<>());
    private String endpoint = "";

    public static void main(String[] command) throws Exception {
        Path folder = Files.createTempDirectory("rehearsal");
        try {
            new Rehearsal().run(List.of(command), folder);
        } catch (Wrong wrong) {
            System.err.println("Cannot rehearse: " + wrong.getMessage());
            System.exit(1);
        } finally {
            Files.deleteIfExists(folder.resolve("store.p12"));
            Files.deleteIfExists(folder);
        }
        System.exit(0);
    }

    private void run(List<String> command, Path folder) throws Exception {
        HttpsServer stores = listen(folder);
        endpoint = "https://localhost:" + stores.getAddress().getPort();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> whole = new ArrayList<>(command);
        whole.addAll(
                1,
                List.of(
                        "-Djavax.net.ssl.trustStore=" + folder.resolve("store.p12"),
                        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD));
        ProcessBuilder builder = new ProcessBuilder(whole).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "WINNOW_BUCKET", BUCKET,
                        "WINNOW_QUEUE", "winnow",
                        "WINNOW_DEAD_LETTER_QUEUE", "winnow-dead-letters",
                        "WINNOW_ADMIN_USERS_OLGA_PASSWORD", PASSWORD,
                        "WINNOW_ADMIN_USERS_OLGA_ROLE", "operator",
                        "AWS_REGION", "us-east-1",
                        "AWS_ENDPOINT_URL", endpoint,
                        "AWS_ACCESS_KEY_ID", "rehearsal",
                        "AWS_SECRET_ACCESS_KEY", "rehearsal"));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        Process service = builder.start();
        try {
            perform(service, port);
            service.destroy();
            if (!service.waitFor(WITHIN, TimeUnit.SECONDS)) {
                throw new Wrong("the service was still there " + WITHIN + " s after SIGTERM");
            }
            if (service.exitValue() != 143 && service.exitValue() != 0) {
                throw new Wrong("the service ended with exit code " + service.exitValue());
            }
        } finally {
            service.destroyForcibly();
            stores.stop(0);
        }
        System.err.println("rehearsed: " + objects.keySet().stream()
                .filter(key -> key.startsWith("receipts/"))
                .count() + " files committed, " + objects.size() + " objects");
    }

    private void perform(Process service, int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        until(service, "ready", () -> call(client, port, "GET", "/q/health/ready", "").statusCode() == 200);
        String rows = "name,email,date_of_birth,mobile_no\n" + IntStream.range(0, 2000)
                .mapToObj(i -> row(i))
                .collect(Collectors.joining());
        drop("plain.csv", rows.getBytes(UTF_8));
        drop("packed.csv.gz", gzip(rows.getBytes(UTF_8)));
        drop("packed.csv.zst", zstd(rows.substring(0, 30_000).getBytes(UTF_8)));
        for (int i = 0; i < SMALL_FILES; i++) {
            drop("small-" + i + ".csv", rows.substring(0, 2_000 + 40 * i).replaceAll("\n[^\n]*$", "\n").getBytes(UTF_8));
        }
        drop("no.csv", new byte[] {'a', 0, 'b'});
        until(service, FILES + " receipts", () -> count("receipts/") == FILES);
        until(service, "a dead letter", () -> count("dead-letters/") == 1);
        queues.get("winnow").add("{\"winnow\":{\"command\":\"sweep\"}}");
        String hour = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").format(Instant.now().atOffset(ZoneOffset.UTC));
        for (String path : List.of(
                "/",
                "/app/overview.js",
                "/q/health/live",
                "/q/health/started",
                "/q/metrics",
                "/q/openapi",
                "/admin/files?dataset=membership",
                "/admin/dead-letters")) {
            expect(200, call(client, port, "GET", path, ""), path);
        }
        expect(200, call(client, port, "POST", "/admin/validate?dataset=membership", rows), "/admin/validate");
        expect(202, call(client, port, "POST", "/admin/consolidate?dataset=membership&hour=" + hour, ""), "/consolidate");
        until(service, "an hour put together", () -> count("consolidated/membership/successful/") > 0);
        expect(401, client.send(
                HttpRequest.newBuilder(uri(port, "/admin/files")).build(), HttpResponse.BodyHandlers.ofString()), "stranger");
    }

    private static String row(int i) {
        return switch (i % 4) {
            case 0 -> "Dr. Alba Moreno%d,alba%d@example.com,1988-03-14,8123 4567\n".formatted(i, i);
            case 1 -> "Bram Visser,bram%d@example.org,12/31/1999,81234567\n".formatted(i);
            case 2 -> "\"Lindt, Cosima\",cosima%d@example.net,01-02-2010,8123\n".formatted(i);
            default -> "Piet,piet%d@example.net,1971/11/30,91234567\n".formatted(i);
        };
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    /// A zstd frame of one block that is stored as it is (RFC 8878, 3.1.1): the JDK has no zstd.
    private static byte[] zstd(byte[] plain) {
        byte[] whole = Arrays.copyOf(plain, new String(plain, UTF_8).lastIndexOf('\n') + 1);
        ByteBuffer frame = ByteBuffer.allocate(whole.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0xFD2FB528).put((byte) 0xA0).putInt(whole.length);
        int block = 1 | whole.length << 3;
        return frame.put((byte) block).put((byte) (block >> 8)).put((byte) (block >> 16)).put(whole).array();
    }

    private void drop(String name, byte[] body) throws Exception {
        String key = "incoming/membership/" + name;
        String eTag = md5(body);
        objects.put(key, new Stored(body, eTag, Instant.now(), Map.of()));
        queues.get("winnow").add("""
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"%s",\
                "eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","bucket":{"name":"%s"},\
                "object":{"key":"%s","size":%d,"eTag":"%s","sequencer":"00"}}}]}""".formatted(
                        Instant.now(), BUCKET, key, body.length, eTag));
    }

    private long count(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).count();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Process service, String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN);
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // Not up yet.
            }
            if (!service.isAlive()) {
                throw new Wrong("the service ended before this was so: " + what + ", exit code " + service.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw new Wrong("not so within " + WITHIN + " s: " + what);
            }
            Thread.sleep(50);
        }
    }

    private static void expect(int status, HttpResponse<String> answer, String what) throws Wrong {
        if (answer.statusCode() != status) {
            throw new Wrong(what + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> call(HttpClient client, int port, String method, String path, String body)
            throws Exception {
        String user = Base64.getEncoder().encodeToString(("olga:" + PASSWORD).getBytes(UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, path))
                .header("Authorization", "Basic " + user)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "text/csv");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    // The stores.

    private HttpsServer listen(Path folder) throws Exception {
        Path file = folder.resolve("store.p12");
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair", "-alias", "rehearsal", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2",
                "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12",
                "-storepass", PASSWORD, "-keystore", file.toString());
        if (new ProcessBuilder(keytool).inheritIO().start().waitFor() != 0) {
            throw new Wrong("keytool makes no certificate");
        }
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange; InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Answer answer;
            try {
                answer = target == null
                        ? object(exchange, body)
                        : queue(target.substring(target.indexOf('.') + 1), new String(body, UTF_8));
            } catch (Exception e) {
                e.printStackTrace();
                answer = Answer.error(500, "InternalError");
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            boolean empty = head || answer.status() == 204 || answer.body().length == 0;
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
            }
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private Answer queue(String action, String body) throws Exception {
        String name = field(body, "QueueName");
        String url = field(body, "QueueUrl");
        String of = name.isEmpty() ? url.substring(url.lastIndexOf('/') + 1) : name;
        BlockingQueue<String> queue = queues.get(of);
        return Answer.of(200, switch (action) {
            case "GetQueueUrl" -> "{\"QueueUrl\":\"" + endpoint + "/000000000000/" + of + "\"}";
            case "GetQueueAttributes" -> """
                    {"Attributes":{"VisibilityTimeout":"60","QueueArn":"arn:aws:sqs:us-east-1:000000000000:%s",\
                    "ApproximateNumberOfMessages":"0","ApproximateNumberOfMessagesNotVisible":"0",\
                    "ApproximateNumberOfMessagesDelayed":"0",\
                    "RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn\\",\\"maxReceiveCount\\":\\"10\\"}"}}""".formatted(of);
            case "ReceiveMessage" -> {
                Matcher most = Pattern.compile("\"MaxNumberOfMessages\"\\s*:\\s*(\\d+)").matcher(body);
                yield received(queue, most.find() ? Integer.parseInt(most.group(1)) : 1);
            }
            case "SendMessage" -> {
                String sent = unescaped(field(body, "MessageBody"));
                queue.add(sent);
                yield """
                        {"MessageId":"%d","MD5OfMessageBody":"%s","MD5OfMessageAttributes":"%s"}""".formatted(
                        System.nanoTime(), md5(sent.getBytes(UTF_8)), md5(attributes(body)));
            }
            case "ChangeMessageVisibilityBatch", "DeleteMessageBatch" -> "{\"Successful\":[],\"Failed\":[]}";
            default -> "{}";
        });
    }

    /// What SQS takes the MD5 of, for attributes that are strings: name, type and value by name, each with its length.
    private static byte[] attributes(String body) throws IOException {
        Map<String, String[]> found = new TreeMap<>();
        Matcher each = Pattern.compile("\"([^\"]+)\":(\\{[^{}]*\"DataType\"[^{}]*})").matcher(body);
        while (each.find()) {
            String given = each.group(2);
            found.put(each.group(1), new String[] {field(given, "DataType"), unescaped(field(given, "StringValue"))});
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Map.Entry<String, String[]> attribute : found.entrySet()) {
            put(out, attribute.getKey());
            put(out, attribute.getValue()[0]);
            out.writeByte(1);
            put(out, attribute.getValue()[1]);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String received(BlockingQueue<String> queue, int most) throws Exception {
        List<String> bodies = new ArrayList<>();
        String first = queue.poll(300, TimeUnit.MILLISECONDS);
        if (first != null) {
            bodies.add(first);
            queue.drainTo(bodies, most - 1);
        }
        List<String> messages = new ArrayList<>();
        for (String body : bodies) {
            messages.add("""
                    {"MessageId":"%s","ReceiptHandle":"%s","MD5OfBody":"%s","Body":"%s",\
                    "Attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"0"}}""".formatted(
                    System.nanoTime(),
                    System.nanoTime(),
                    md5(body.getBytes(UTF_8)),
                    body.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")));
        }
        return "{\"Messages\":[" + String.join(",", messages) + "]}";
    }

    /// A string of a JSON object whose name stands in it once, as it is written.
    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return found.find() ? found.group(1) : "";
    }

    private static String unescaped(String json) {
        return json.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }

    private Answer object(HttpExchange exchange, byte[] body) throws Exception {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
        String key = path.length > 1 ? path[1] : "";
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String method = exchange.getRequestMethod();
        if (key.isEmpty()) {
            return method.equals("HEAD") ? Answer.of(200, "") : list(query);
        }
        String id = query.getOrDefault("uploadId", "");
        return switch (method) {
            case "GET", "HEAD" -> read(exchange, key);
            case "PUT" -> {
                byte[] content = content(exchange, body);
                if (id.isEmpty()) {
                    yield write(exchange, key, content);
                }
                uploads.get(id).parts().put(Integer.valueOf(query.get("partNumber")), content);
                yield new Answer(200, new byte[0], Map.of("ETag", '"' + md5(content) + '"'));
            }
            case "POST" -> query.containsKey("uploads") ? begin(exchange, key) : complete(id);
            case "DELETE" -> {
                if (id.isEmpty()) {
                    objects.remove(key);
                } else {
                    uploads.remove(id);
                }
                yield Answer.of(204, "");
            }
            default -> Answer.error(405, "MethodNotAllowed");
        };
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> found = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            found.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], UTF_8) : "");
        }
        return found;
    }

    /// A body without the frames of `aws-chunked`: size in hexadecimal, signature, line end, bytes, line end.
    private static byte[] content(HttpExchange exchange, byte[] body) {
        String sha = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
        if (sha == null || !sha.startsWith("STREAMING")) {
            return body;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            int size = Integer.parseInt(new String(body, at, end - at, UTF_8).split(";")[0], 16);
            if (size == 0) {
                return plain.toByteArray();
            }
            plain.write(body, end + 2, size);
            at = end + 2 + size + 2;
        }
    }

    private Answer read(HttpExchange exchange, String key) {
        Stored stored = objects.get(key);
        if (stored == null) {
            return Answer.error(404, "NoSuchKey");
        }
        Map<String, String> headers = new TreeMap<>(stored.metadata());
        headers.put("ETag", '"' + stored.eTag() + '"');
        headers.put("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(stored.at().atOffset(ZoneOffset.UTC)));
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            return new Answer(200, stored.body(), headers);
        }
        String[] ends = range.replace("bytes=", "").split("-", 2);
        int from = Integer.parseInt(ends[0]);
        int length = stored.body().length;
        int to = ends[1].isEmpty() ? length : Math.min(length, Integer.parseInt(ends[1]) + 1);
        headers.put("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + length);
        return new Answer(206, Arrays.copyOfRange(stored.body(), from, to), headers);
    }

    private Answer write(HttpExchange exchange, String key, byte[] content) throws Exception {
        String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
        byte[] body = content;
        if (source != null) {
            String from = URLDecoder.decode(source, UTF_8).replaceFirst("^/?" + BUCKET + "/", "");
            body = objects.get(from).body();
        }
        Stored stored = new Stored(body, md5(body), Instant.now(), metadata(exchange));
        if ("*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            if (objects.putIfAbsent(key, stored) != null) {
                return Answer.error(412, "PreconditionFailed");
            }
        } else {
            objects.put(key, stored);
        }
        return source == null
                ? new Answer(200, new byte[0], Map.of("ETag", '"' + stored.eTag() + '"'))
                : Answer.of(200, "<CopyObjectResult><ETag>\"" + stored.eTag() + "\"</ETag><LastModified>" + stored.at()
                        + "</LastModified></CopyObjectResult>");
    }

    private static Map<String, String> metadata(HttpExchange exchange) {
        Map<String, String> found = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase().startsWith("x-amz-meta-")) {
                found.put(name, values.getFirst());
            }
        });
        return found;
    }

    private Answer begin(HttpExchange exchange, String key) {
        String id = "u" + System.nanoTime();
        uploads.put(id, new Upload(key, metadata(exchange), new ConcurrentSkipListMap<>()));
        return Answer.of(200, "<InitiateMultipartUploadResult><Bucket>" + BUCKET + "</Bucket><Key>" + key + "</Key><UploadId>"
                + id + "</UploadId></InitiateMultipartUploadResult>");
    }

    private Answer complete(String id) throws Exception {
        Upload upload = uploads.remove(id);
        if (upload == null) {
            return Answer.error(404, "NoSuchUpload");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        upload.parts().values().forEach(whole::writeBytes);
        String eTag = md5(whole.toByteArray()) + "-" + upload.parts().size();
        objects.put(upload.key(), new Stored(whole.toByteArray(), eTag, Instant.now(), upload.metadata()));
        return Answer.of(200, "<CompleteMultipartUploadResult><Key>" + upload.key() + "</Key><ETag>\"" + eTag
                + "\"</ETag></CompleteMultipartUploadResult>");
    }

    private Answer list(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("start-after", "");
        String entries = objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix) && entry.getKey().compareTo(after) > 0)
                .map(entry -> "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>\"%s\"</ETag><Size>%d</Size></Contents>"
                        .formatted(
                                entry.getKey().replace("=", "%3D"),
                                entry.getValue().at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                                entry.getValue().eTag(),
                                entry.getValue().body().length))
                .collect(Collectors.joining());
        return Answer.of(200, "<ListBucketResult><Name>" + BUCKET + "</Name><EncodingType>url</EncodingType>"
                + "<IsTruncated>false</IsTruncated>" + entries + "</ListBucketResult>");
    }

    private static String md5(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }
}
