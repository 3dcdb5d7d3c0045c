package dev.winnow.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What the service relies on in S3 and SQS, asked of the stand-ins through the AWS SDK.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StandInsContract {

    private static final String BUCKET = "intake";
    private static final String QUEUE = "news";
    private static final String DEAD_LETTERS = "news-dead-letters";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StandInSettings settings;
    private final QueueStandIn queueStandIn;
    private final ObjectStoreStandIn storeStandIn;
    private final S3Client s3;
    private final SqsClient sqs;
    private final String queueUrl;

    StandInsContract(Optional<Path> data) throws Exception {
        settings = new StandInSettings(BUCKET, QUEUE, DEAD_LETTERS, "eu-west-1", freePort(), freePort(), data);
        queueStandIn = QueueStandIn.start(settings);
        storeStandIn = ObjectStoreStandIn.start(settings, queueStandIn::send);
        storeStandIn.makeBucket();
        StaticCredentialsProvider anyone =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("anyone", "whatever"));
        s3 = S3Client.builder()
                .endpointOverride(settings.s3())
                .region(Region.EU_WEST_1)
                .forcePathStyle(true)
                .credentialsProvider(anyone)
                .build();
        sqs = SqsClient.builder()
                .endpointOverride(settings.sqs())
                .region(Region.EU_WEST_1)
                .credentialsProvider(anyone)
                .build();
        queueUrl = urlOf(QUEUE);
    }

    StandInSettings settings() {
        return settings;
    }

    @AfterAll
    void stop() throws Exception {
        s3.close();
        sqs.close();
        storeStandIn.stop();
        queueStandIn.close();
    }

    @AfterEach
    void empty() {
        keys().forEach(this::delete);
        sqs.purgeQueue(queue -> queue.queueUrl(queueUrl));
    }

    @Test
    void anArrivingObjectIsAnnouncedAsS3Would() throws IOException {
        String key = "incoming/membership/März 2026/a+b = 100% 🎉.csv";
        String eTag = s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("name\nx\n"))
                .eTag();

        JsonNode event = event();
        assertThat(event.at("/eventVersion").textValue()).isEqualTo("2.1");
        assertThat(event.at("/eventSource").textValue()).isEqualTo("aws:s3");
        assertThat(event.at("/awsRegion").textValue()).isEqualTo("eu-west-1");
        assertThat(event.at("/eventName").textValue()).isEqualTo("ObjectCreated:Put");
        assertThat(Instant.parse(event.at("/eventTime").textValue()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(event.at("/s3/bucket/name").textValue()).isEqualTo(BUCKET);
        String sentKey = event.at("/s3/object/key").textValue();
        assertThat(sentKey).startsWith("incoming/membership/M%C3%A4rz+2026/a%2Bb+%3D+100%25+");
        assertThat(URLDecoder.decode(sentKey, StandardCharsets.UTF_8)).isEqualTo(key);
        assertThat(event.at("/s3/object/size").longValue()).isEqualTo(7);
        assertThat('"' + event.at("/s3/object/eTag").textValue() + '"').isEqualTo(eTag);
        assertThat(event.at("/s3/object/sequencer").textValue()).matches("[0-9A-F]{16}");
    }

    @Test
    void aLaterEventHasTheGreaterSequencer() throws IOException {
        put("incoming/membership/one.csv", "1");
        String first = event().at("/s3/object/sequencer").textValue();
        put("incoming/membership/one.csv", "2");
        String second = event().at("/s3/object/sequencer").textValue();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void onlyTheIntakeIsAnnounced() {
        s3.createBucket(bucket -> bucket.bucket("elsewhere"));
        s3.putObject(put -> put.bucket("elsewhere").key("incoming/membership/x.csv"), RequestBody.fromString("x"));
        put("backup/membership/x.csv", "x");
        put("incoming/membership/last.csv", "x");

        assertThat(receive())
                .singleElement()
                .satisfies(message -> assertThat(message.body()).contains("last.csv"));
        s3.deleteObject(delete -> delete.bucket("elsewhere").key("incoming/membership/x.csv"));
        s3.deleteBucket(bucket -> bucket.bucket("elsewhere"));
    }

    @Test
    void aFolderMarkerIsAnnouncedToo() throws IOException {
        put("incoming/membership/2026/", "");

        JsonNode event = event();
        assertThat(event.at("/s3/object/key").textValue()).isEqualTo("incoming/membership/2026/");
        assertThat(event.at("/s3/object/size").longValue()).isZero();
        assertThat(event.at("/s3/object/eTag").textValue()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }

    @Test
    void aFileStillArrivingIsNotListed() throws IOException {
        String head = "PUT /" + BUCKET + "/incoming/membership/slow.csv HTTP/1.1\r\n"
                + "Host: localhost\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n";
        try (Socket sender = new Socket(InetAddress.ofLiteral("127.0.0.1"), settings.s3Port())) {
            sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            // The server asks for the body when it has begun to store it.
            assertThat(new String(sender.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100");
            sender.getOutputStream().write("name".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(keys()).isEmpty());
        }
    }

    @Test
    void anUnsignedUploadIsTaken() throws IOException, InterruptedException {
        HttpRequest upload = HttpRequest.newBuilder(
                        URI.create(settings.s3() + "/" + BUCKET + "/incoming/membership/curl.csv"))
                .PUT(HttpRequest.BodyPublishers.ofString("name\ny\n"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(upload, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(content("incoming/membership/curl.csv")).isEqualTo("name\ny\n");
        assertThat(receive()).hasSize(1);
    }

    @Test
    void aPendingUploadIsInvisibleUntilItIsCompleted() throws IOException {
        String key = "incoming/membership/parts.csv";
        String uploadId = s3.createMultipartUpload(
                        upload -> upload.bucket(BUCKET).key(key).metadata(Map.of("attempt", "a1")))
                .uploadId();
        CompletedPart part = part(key, uploadId, "name\nz\n");

        assertThat(keys()).isEmpty();
        assertThatThrownBy(() -> content(key)).isInstanceOf(NoSuchKeyException.class);
        assertThat(s3.listMultipartUploads(list -> list.bucket(BUCKET).prefix(key))
                        .uploads())
                .singleElement()
                .satisfies(upload -> assertThat(upload.uploadId()).isEqualTo(uploadId));
        assertThat(receive()).isEmpty();

        complete(key, uploadId, part);

        assertThat(keys()).containsExactly(key);
        assertThat(content(key)).isEqualTo("name\nz\n");
        assertThat(s3.headObject(head -> head.bucket(BUCKET).key(key)).metadata())
                .containsEntry("attempt", "a1");
        assertThat(s3.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
                .isEmpty();
        JsonNode event = event();
        assertThat(event.at("/eventName").textValue()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
        assertThat(event.at("/s3/object/eTag").textValue()).endsWith("-1");
        assertThat(event.at("/s3/object/size").longValue()).isEqualTo(7);
    }

    @Test
    void anAbortedUploadIsGone() {
        String key = "successful/membership/x.csv";
        String uploadId = s3.createMultipartUpload(
                        upload -> upload.bucket(BUCKET).key(key))
                .uploadId();
        CompletedPart part = part(key, uploadId, "x");

        s3.abortMultipartUpload(abort -> abort.bucket(BUCKET).key(key).uploadId(uploadId));

        assertThat(s3.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
                .isEmpty();
        refused("NoSuchUpload", 404, () -> complete(key, uploadId, part));
        assertThat(keys()).isEmpty();
    }

    @Test
    void completingTwiceLeavesTheObjectAsItWas() {
        String key = "successful/membership/twice.csv";
        String uploadId = s3.createMultipartUpload(
                        upload -> upload.bucket(BUCKET).key(key))
                .uploadId();
        CompletedPart part = part(key, uploadId, "x");

        complete(key, uploadId, part);
        complete(key, uploadId, part);

        assertThat(content(key)).isEqualTo("x");
    }

    @Test
    void onlyTheFirstOfTwoWritersCreatesAnObject() {
        String key = "receipts/membership/1.json";
        s3.putObject(put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString("first"));

        refused(
                "PreconditionFailed",
                412,
                () -> s3.putObject(
                        put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString("second")));
        assertThat(content(key)).isEqualTo("first");
    }

    @Test
    void aCopyIsMadeOnlyOfTheContentMeant() throws IOException {
        String source = "incoming/membership/source.csv";
        String eTag = put(source, "rows");
        receive();

        refused(
                "PreconditionFailed",
                412,
                () -> s3.copyObject(copy -> copy.sourceBucket(BUCKET)
                        .sourceKey(source)
                        .copySourceIfMatch("\"00000000000000000000000000000000\"")
                        .destinationBucket(BUCKET)
                        .destinationKey("backup/1.csv")));
        assertThat(keys()).containsExactly(source);

        s3.copyObject(copy -> copy.sourceBucket(BUCKET)
                .sourceKey(source)
                .copySourceIfMatch(eTag)
                .destinationBucket(BUCKET)
                .destinationKey("incoming/membership/again.csv"));
        assertThat(content("incoming/membership/again.csv")).isEqualTo("rows");
        JsonNode event = event();
        assertThat(event.at("/eventName").textValue()).isEqualTo("ObjectCreated:Copy");
        assertThat(event.at("/s3/object/key").textValue()).isEqualTo("incoming/membership/again.csv");
    }

    @Test
    void aRangeIsReadOnlyOfTheContentMeant() {
        String eTag = put("incoming/membership/range.csv", "0123456789");

        assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET)
                                .key("incoming/membership/range.csv")
                                .range("bytes=4-6")
                                .ifMatch(eTag))
                        .asUtf8String())
                .isEqualTo("456");
        put("incoming/membership/range.csv", "abcdefghij");
        refused(
                "PreconditionFailed",
                412,
                () -> s3.getObjectAsBytes(get -> get.bucket(BUCKET)
                        .key("incoming/membership/range.csv")
                        .range("bytes=4-6")
                        .ifMatch(eTag)));
    }

    @Test
    void onlyTheContentMeantIsDeleted() {
        String old = put("incoming/membership/x.csv", "old");
        String current = put("incoming/membership/x.csv", "new");

        refused(
                "PreconditionFailed",
                412,
                () -> s3.deleteObject(delete ->
                        delete.bucket(BUCKET).key("incoming/membership/x.csv").ifMatch(old)));
        assertThat(keys()).containsExactly("incoming/membership/x.csv");

        s3.deleteObject(
                delete -> delete.bucket(BUCKET).key("incoming/membership/x.csv").ifMatch(current));
        assertThat(keys()).isEmpty();
    }

    @Test
    void aMessageThatWasNeverDeletedEndsAsADeadLetter() {
        put("incoming/membership/never.csv", "x");
        for (int i = 0; i < 5; i++) {
            assertThat(sqs.receiveMessage(queue -> queue.queueUrl(queueUrl)
                                    .visibilityTimeout(0)
                                    .waitTimeSeconds(5))
                            .messages())
                    .hasSize(1);
        }

        assertThat(receive()).isEmpty();
        assertThat(receive(urlOf(DEAD_LETTERS)))
                .singleElement()
                .satisfies(message -> assertThat(message.body()).contains("never.csv"));
    }

    @Test
    void theBucketIsMadeOnce() {
        assertThat(storeStandIn.makeBucket()).isFalse();
    }

    @Test
    void theQueueIsMadeAsTheServiceExpectsIt() throws IOException {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                        queue -> queue.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
                .attributes();

        assertThat(attributes).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "60");
        JsonNode redrive = JSON.readTree(attributes.get(QueueAttributeName.REDRIVE_POLICY));
        assertThat(redrive.at("/maxReceiveCount").intValue()).isEqualTo(5);
        assertThat(redrive.at("/deadLetterTargetArn").textValue()).endsWith(":" + DEAD_LETTERS);
    }

    private String urlOf(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    private String put(String key, String content) {
        return s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(content))
                .eTag();
    }

    private CompletedPart part(String key, String uploadId, String content) {
        String eTag = s3.uploadPart(
                        part -> part.bucket(BUCKET).key(key).uploadId(uploadId).partNumber(1),
                        RequestBody.fromString(content))
                .eTag();
        return CompletedPart.builder().partNumber(1).eTag(eTag).build();
    }

    private void complete(String key, String uploadId, CompletedPart part) {
        s3.completeMultipartUpload(complete ->
                complete.bucket(BUCKET).key(key).uploadId(uploadId).multipartUpload(upload -> upload.parts(part)));
    }

    private String content(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String();
    }

    private void delete(String key) {
        s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));
    }

    private List<String> keys() {
        return s3.listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private JsonNode event() throws IOException {
        JsonNode news = JSON.readTree(receive().getFirst().body());
        assertThat(news.at("/Records")).hasSize(1);
        return news.at("/Records/0");
    }

    /// What is on the queue, taken off it; events are there before the upload is answered, so nothing is waited for.
    private List<Message> receive() {
        return receive(queueUrl);
    }

    private List<Message> receive(String url) {
        List<Message> messages = sqs.receiveMessage(queue -> queue.queueUrl(url).maxNumberOfMessages(10))
                .messages();
        messages.forEach(
                message -> sqs.deleteMessage(done -> done.queueUrl(url).receiptHandle(message.receiptHandle())));
        return messages;
    }

    private static void refused(String code, int status, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(S3Exception.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refusal.statusCode()).isEqualTo(status);
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
