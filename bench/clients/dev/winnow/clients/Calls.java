package dev.winnow.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// What the calls of S3 cost by one HTTP client of the SDK, in a process of its own, and nothing else:
///
///     Calls CLIENT URL BUCKET small FILES     as many small files: read, one output by an upload of one part, a receipt
///     Calls CLIENT URL BUCKET large KEY       one large file: read, and written again by parts of 5 MiB
///
/// CLIENT is apache, url-connection, crt, netty-async or crt-async.
final class Calls {

    private static final int PART = 5 << 20;
    private static final byte[] SOURCE = new byte[130_000];
    private static final byte[] RECEIPT = new byte[2_000];

    /// The calls that a file takes, however they are made.
    private interface Store {

        void put(String key, byte[] body);

        /// Reads an object to its end.
        void read(String key);

        String begin(String key);

        String part(String key, String upload, int number, byte[] body);

        void complete(String key, String upload, List<String> parts);
    }

    private Calls() {}

    static void main(String[] arguments) {
        Store store = store(arguments[0], URI.create(arguments[1]), arguments[2]);
        switch (arguments[3]) {
            case "small" -> {
                store.put("source", SOURCE);
                for (int file = 0; file < Integer.parseInt(arguments[4]); file++) {
                    store.read("source");
                    write(store, "output-" + file, 1, number -> SOURCE);
                    store.put("receipt-" + file, RECEIPT);
                }
            }
            case "large" -> {
                byte[] part = new byte[PART];
                store.read(arguments[4]);
                write(store, "output", 40, number -> part);
            }
            default -> throw new IllegalArgumentException("Cannot work on " + arguments[3]);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void write(Store store, String key, int parts, IntFunction<byte[]> body) {
        String upload = store.begin(key);
        List<String> written = new ArrayList<>();
        for (int number = 1; number <= parts; number++) {
            written.add(store.part(key, upload, number, body.apply(number)));
        }
        store.complete(key, upload, written);
    }

    private static Store store(String client, URI url, String bucket) {
        return switch (client) {
            case "apache" ->
                new Waiting(waiting(ApacheHttpClient.builder().expectContinueEnabled(false).build(), url), bucket);
            case "url-connection" -> new Waiting(waiting(UrlConnectionHttpClient.create(), url), bucket);
            case "crt" -> new Waiting(waiting(AwsCrtHttpClient.create(), url), bucket);
            case "netty-async" -> new Telling(telling(NettyNioAsyncHttpClient.create(), url), bucket);
            case "crt-async" -> new Telling(telling(AwsCrtAsyncHttpClient.create(), url), bucket);
            default -> throw new IllegalArgumentException("Cannot call by " + client);
        };
    }

    private static S3Client waiting(SdkHttpClient http, URI url) {
        return S3Client.builder()
                .httpClient(http)
                .endpointOverride(url)
                .forcePathStyle(true)
                .build();
    }

    private static S3AsyncClient telling(SdkAsyncHttpClient http, URI url) {
        return S3AsyncClient.builder()
                .httpClient(http)
                .endpointOverride(url)
                .forcePathStyle(true)
                .build();
    }

    private static List<CompletedPart> numbered(List<String> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> CompletedPart.builder()
                        .partNumber(i + 1)
                        .eTag(parts.get(i))
                        .build())
                .toList();
    }

    private static void drain(InputStream body) {
        try (body) {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By the client whose calls wait for their answer.
    private record Waiting(S3Client s3, String bucket) implements Store {

        @Override
        public void put(String key, byte[] body) {
            s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(body));
        }

        @Override
        public void read(String key) {
            drain(s3.getObject(request -> request.bucket(bucket).key(key)));
        }

        @Override
        public String begin(String key) {
            return s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                    .uploadId();
        }

        @Override
        public String part(String key, String upload, int number, byte[] body) {
            return s3.uploadPart(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromBytes(body))
                    .eTag();
        }

        @Override
        public void complete(String key, String upload, List<String> parts) {
            s3.completeMultipartUpload(request -> request.bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(numbered(parts))));
        }
    }

    /// By the client that tells of an answer when it is there.
    private record Telling(S3AsyncClient s3, String bucket) implements Store {

        @Override
        public void put(String key, byte[] body) {
            s3.putObject(request -> request.bucket(bucket).key(key), AsyncRequestBody.fromBytesUnsafe(body))
                    .join();
        }

        @Override
        public void read(String key) {
            drain(s3.getObject(
                            request -> request.bucket(bucket).key(key),
                            AsyncResponseTransformer.toBlockingInputStream())
                    .join());
        }

        @Override
        public String begin(String key) {
            return s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                    .join()
                    .uploadId();
        }

        @Override
        public String part(String key, String upload, int number, byte[] body) {
            return s3.uploadPart(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number),
                            AsyncRequestBody.fromBytesUnsafe(body))
                    .join()
                    .eTag();
        }

        @Override
        public void complete(String key, String upload, List<String> parts) {
            s3.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(numbered(parts))))
                    .join();
        }
    }
}
