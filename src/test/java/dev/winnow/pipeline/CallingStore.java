package dev.winnow.pipeline;

import dev.winnow.file.SourceFile;
import dev.winnow.object.Document;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.OpenObject;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.object.StoredObject;
import dev.winnow.output.OutputTarget;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A store whose calls are values, and whose replies are.
abstract class CallingStore implements ObjectStore {

    /// The time at which everything happens.
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    /// Makes a call.
    abstract Reply make(Call call);

    private Object value(Call call) {
        return switch (make(call)) {
            case Reply.Value(Object it) -> it;
            case Reply.SourceLost _ -> throw new SourceLostException(call.label());
            case Reply.Unavailable _ -> throw new StoreUnavailableException("Cannot do it: " + call.label());
        };
    }

    private static UnsupportedOperationException unused(String call) {
        return new UnsupportedOperationException("Cannot " + call + ": the protocol does not");
    }

    @Override
    public void check() {}

    @Override
    public Optional<StoredObject> head(String key) {
        return ((Optional<?>) value(new Call.Head(key))).map(StoredObject.class::cast);
    }

    @Override
    public Optional<byte[]> read(String key) {
        return ((Optional<?>) value(new Call.Read(key))).map(it -> bytes((String) it));
    }

    @Override
    public OpenObject open(SourceFile file, long offset) {
        byte[] content = bytes((String) value(new Call.Open(file.key(), Optional.of(file.eTag()))));
        return new OpenObject(new ByteArrayInputStream(content, (int) offset, content.length), NOON);
    }

    @Override
    public boolean createIfAbsent(String key, byte[] body, String contentType) {
        return (Boolean) value(new Call.Create(key, text(body, body.length)));
    }

    @Override
    public void put(String key, byte[] body, String contentType) {
        value(new Call.Put(key, text(body, body.length)));
    }

    @Override
    public void copy(SourceFile file, String toKey, String sha256) {
        value(new Call.Copy(file.key(), Optional.of(file.eTag()), toKey));
    }

    @Override
    public String startUpload(String key, String contentType, Map<String, String> metadata) {
        return (String) value(new Call.Start(key, metadata.getOrDefault(OutputTarget.ATTEMPT, "")));
    }

    @Override
    public String uploadPart(String key, String uploadId, int number, byte[] buffer, int length) {
        if (number != 1) {
            throw new UnsupportedOperationException("Cannot upload part " + number + ": one is all there is room for");
        }
        return (String) value(new Call.Part(key, uploadId, text(buffer, length)));
    }

    @Override
    public boolean completeUpload(String key, String uploadId, List<String> parts) {
        return (Boolean) value(new Call.Complete(key, uploadId, parts));
    }

    @Override
    public void abortUpload(String key, String uploadId) {
        value(new Call.Abort(key, uploadId));
    }

    @Override
    public void removeIfMatch(String key, String eTag) {
        value(new Call.Remove(key, Optional.of(eTag)));
    }

    @Override
    public void remove(String key) {
        value(new Call.Remove(key, Optional.empty()));
    }

    @Override
    public Optional<Document> fetch(String key) {
        throw unused("fetch");
    }

    @Override
    public Listing list(String prefix, String after, int most) {
        throw unused("list");
    }

    @Override
    public List<String> folders(String prefix) {
        throw unused("tell folders");
    }

    @Override
    public boolean replaceIfMatch(String key, String eTag, byte[] body, String contentType) {
        throw unused("replace");
    }

    @Override
    public String copyPart(SourceFile from, long first, long length, String key, String uploadId, int number) {
        throw unused("copy a part");
    }

    @Override
    public boolean completeUploadIfMatch(String key, String uploadId, List<String> parts, Optional<String> eTag) {
        throw unused("complete on condition");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
