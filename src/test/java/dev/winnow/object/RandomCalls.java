package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.Sha256;
import dev.winnow.file.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// The same random calls to two stores, which must answer alike.
///
/// ETags and upload ids are each store's own: they are told by when they were first seen. Times are not compared, nor
/// what S3 leaves open: the answer to completing an upload that is completed already.
public final class RandomCalls {

    private static final List<String> KEYS =
            List.of("incoming/people/a.csv", "incoming/b c+d.csv", "receipts/people/r.json", "successful/people/s.csv");
    private static final List<String> PREFIXES = List.of("", "incoming/", "receipts/people/", "nowhere/");
    private static final List<String> BODIES = List.of("Ada", "Grace Hopper", "Eve");

    private final Random random;
    private final List<Kind> kinds;
    private final Side expected;
    private final Side tested;
    private final List<String> uploads = new ArrayList<>();

    /// What a call asks of a store.
    private interface Question {
        String ask(Side side);
    }

    /// The calls that there are.
    public enum Kind {
        HEAD,
        READ,
        OPEN,
        CREATE,
        PUT,
        COPY,
        START,
        PART,
        PART_AFTER_END,
        COMPLETE,
        ABORT,
        REMOVE,
        REMOVE_IF_MATCH,
        FETCH,
        REPLACE,
        LIST,
        FOLDERS,
        COPY_PART,
        COMPLETE_IF_MATCH
    }

    /// One of the two stores, and what it has named so far.
    private static final class Side {

        private final ObjectStore store;
        private final List<String> eTags = new ArrayList<>();
        private final List<String> uploadIds = new ArrayList<>();
        private final List<List<String>> parts = new ArrayList<>();
        private final Set<Integer> ended = new HashSet<>();

        Side(ObjectStore store) {
            this.store = store;
        }

        void end(int upload) {
            parts.set(upload, List.of());
            ended.add(upload);
        }

        String known(String eTag) {
            if (!eTags.contains(eTag)) {
                eTags.add(eTag);
            }
            return "tag " + eTags.indexOf(eTag);
        }

        String eTag(int number) {
            return number < eTags.size() ? eTags.get(number) : "00000000000000000000000000000000";
        }
    }

    private RandomCalls(ObjectStore expected, ObjectStore tested, List<Kind> kinds, long seed) {
        this.expected = new Side(expected);
        this.tested = new Side(tested);
        this.kinds = kinds;
        this.random = new Random(seed);
    }

    /// Makes the calls.
    ///
    /// @throws AssertionError at the first one that is answered differently
    public static void compare(ObjectStore expected, ObjectStore tested, List<Kind> kinds, long seed, int calls) {
        RandomCalls random = new RandomCalls(expected, tested, kinds, seed);
        List<String> made = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            random.compareOne(seed, made);
        }
    }

    private void compareOne(long seed, List<String> made) {
        Kind kind = pick(kinds);
        String key = pick(KEYS);
        Question question = question(kind, key);
        String answer = answer(question, expected);
        made.add(kind + " " + key + ": " + answer);
        assertThat(answer(question, tested)).as("seed %d: %s", seed, made).isEqualTo(answer);
    }

    private static String answer(Question question, Side side) {
        try {
            return question.ask(side);
        } catch (SourceLostException e) {
            return "lost";
        } catch (StoreUnavailableException e) {
            return "unavailable";
        }
    }

    private Question question(Kind kind, String key) {
        String body = pick(BODIES);
        String other = pick(KEYS);
        int tag = random.nextInt(6);
        return switch (kind) {
            case HEAD -> side -> side.store.head(key).map(it -> head(side, it)).orElse("none");
            case READ -> side -> side.store.read(key).map(RandomCalls::text).orElse("none");
            case FETCH ->
                side -> side.store
                        .fetch(key)
                        .map(it -> text(it.bytes()) + side.known(it.eTag()))
                        .orElse("none");
            case OPEN -> {
                int offset = random.nextInt(3);
                yield side -> opened(side, file(side, key, tag), offset);
            }
            case CREATE -> side -> "" + side.store.createIfAbsent(key, bytes(body), "text/plain");
            case PUT ->
                side -> {
                    side.store.put(key, bytes(body), "text/plain");
                    return "put";
                };
            case REPLACE ->
                side -> "" + side.store.replaceIfMatch(key, file(side, key, tag).eTag(), bytes(body), "text/plain");
            case COPY ->
                side -> {
                    SourceFile file = file(side, key, tag);
                    String sha256 =
                            side.store.read(key).map(RandomCalls::sha256).orElse("");
                    side.store.copy(file, other.equals(key) ? "backup/same" : other, sha256);
                    return "copied";
                };
            case START -> {
                uploads.add(key);
                yield side -> {
                    side.uploadIds.add(
                            side.store.startUpload(key, "text/csv", Map.of("winnow-attempt", "a" + uploads.size())));
                    side.parts.add(List.of());
                    return "started";
                };
            }
            case PART, PART_AFTER_END ->
                ofUpload((side, upload) -> {
                    if (side.ended.contains(upload) != (kind == Kind.PART_AFTER_END)) {
                        return "not this one";
                    }
                    byte[] bytes = bytes(body);
                    String part = side.store.uploadPart(
                            uploads.get(upload), side.uploadIds.get(upload), 1, bytes, bytes.length);
                    side.parts.set(upload, List.of(part));
                    return "uploaded";
                });
            case COPY_PART ->
                ofUpload((side, upload) -> {
                    if (side.ended.contains(upload)) {
                        return "not this one";
                    }
                    String part = side.store.copyPart(
                            file(side, key, tag), 1, 2, uploads.get(upload), side.uploadIds.get(upload), 1);
                    side.parts.set(upload, List.of(part));
                    return "copied";
                });
            case COMPLETE ->
                ofUpload((side, upload) -> {
                    List<String> parts = side.parts.get(upload);
                    if (parts.isEmpty()) {
                        return "nothing to complete";
                    }
                    side.end(upload);
                    return "" + side.store.completeUpload(uploads.get(upload), side.uploadIds.get(upload), parts);
                });
            case COMPLETE_IF_MATCH -> {
                boolean absent = random.nextBoolean();
                yield ofUpload((side, upload) -> {
                    List<String> parts = side.parts.get(upload);
                    if (parts.isEmpty()) {
                        return "nothing to complete";
                    }
                    String at = uploads.get(upload);
                    boolean done = side.store.completeUploadIfMatch(
                            at,
                            side.uploadIds.get(upload),
                            parts,
                            absent
                                    ? Optional.empty()
                                    : Optional.of(file(side, at, tag).eTag()));
                    if (done) {
                        side.end(upload);
                    }
                    return "" + done;
                });
            }
            case ABORT ->
                ofUpload((side, upload) -> {
                    side.store.abortUpload(uploads.get(upload), side.uploadIds.get(upload));
                    side.end(upload);
                    return "aborted";
                });
            case REMOVE ->
                side -> {
                    side.store.remove(key);
                    return "removed";
                };
            case REMOVE_IF_MATCH ->
                side -> {
                    side.store.removeIfMatch(key, file(side, key, tag).eTag());
                    return "removed, maybe";
                };
            case LIST -> {
                String prefix = pick(PREFIXES);
                String after = random.nextBoolean() ? "" : key;
                int most = 1 + random.nextInt(5);
                yield side -> listed(side, side.store.list(prefix, after, most));
            }
            case FOLDERS -> {
                String prefix = pick(PREFIXES);
                yield side -> side.store.folders(prefix).toString();
            }
        };
    }

    private interface UploadQuestion {
        String ask(Side side, int upload);
    }

    private Question ofUpload(UploadQuestion question) {
        if (uploads.isEmpty()) {
            return side -> "no upload";
        }
        int upload = random.nextInt(uploads.size());
        return side -> question.ask(side, upload);
    }

    /// The file at a key, often as it stands there and sometimes with an ETag that was seen before.
    private static SourceFile file(Side side, String key, int tag) {
        Optional<StoredObject> object = side.store.head(key);
        String eTag = tag > 2 && object.isPresent() ? object.get().eTag() : side.eTag(tag);
        return new SourceFile(
                "bucket",
                key,
                Optional.empty(),
                eTag,
                object.map(StoredObject::size).orElse(3L));
    }

    private static String head(Side side, StoredObject object) {
        return side.known(object.eTag()) + ' ' + object.size() + ' ' + object.metadata();
    }

    private static String listed(Side side, Listing listing) {
        StringBuilder text = new StringBuilder();
        for (ListedObject object : listing.objects()) {
            text.append(object.key()).append(' ').append(object.size()).append(' ');
            text.append(side.known(object.eTag())).append(", ");
        }
        return text.append(listing.next().isPresent()).toString();
    }

    private static String opened(Side side, SourceFile file, int offset) {
        try (var body = side.store.open(file, offset).body()) {
            return text(body.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String sha256(byte[] bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
