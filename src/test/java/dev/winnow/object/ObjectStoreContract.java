package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the service relies on in a bucket, asked of each store in the same words.
abstract class ObjectStoreContract {

    static final String KEY = "incoming/people/day.csv";
    static final String TARGET = "backup/people/day.csv";

    /// The least that S3 takes as a part that is not the last.
    private static final int PART = 5 << 20;

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Map<String, String> METADATA = Map.of("winnow-attempt", "a1");

    /// The store under test, at a bucket of this test's own.
    abstract ObjectStore store();

    /// Puts an object as a sender does, past the store under test.
    abstract void put(String key, byte[] bytes);

    @Test
    void theBucketMayBeUsed() {
        assertThatCode(() -> store().check()).doesNotThrowAnyException();
    }

    @Test
    void whereNothingIsNothingIsFound() {
        assertThat(store().head(KEY)).isEmpty();
        assertThat(store().read(KEY)).isEmpty();
    }

    @Test
    void anObjectIsToldByItsETagSizeAndMetadata() {
        put(KEY, bytes("Ada"));

        assertThat(store().head(KEY)).hasValueSatisfying(object -> {
            assertThat(object.eTag()).isEqualTo("1a382809b7c03f686e12dd15677c5497");
            assertThat(object.size()).isEqualTo(3);
            assertThat(object.metadata()).isEmpty();
        });
        assertThat(store().read(KEY)).contains(bytes("Ada"));
    }

    @Test
    void anObjectIsCreatedOnlyWhereThereIsNone() {
        assertThat(store().createIfAbsent(KEY, bytes("first"), "text/plain")).isTrue();
        assertThat(store().createIfAbsent(KEY, bytes("second"), "text/plain")).isFalse();

        assertThat(text(KEY)).isEqualTo("first");
    }

    @Test
    void anObjectIsCreatedAgainOnceItWasRemoved() {
        store().createIfAbsent(KEY, bytes("first"), "text/plain");
        store().remove(KEY);

        assertThat(store().createIfAbsent(KEY, bytes("second"), "text/plain")).isTrue();
        assertThat(text(KEY)).isEqualTo("second");
    }

    @Test
    void aDocumentIsReplacedOnlyWhileItIsTheOneThatWasRead() {
        store().put(KEY, bytes("first"), "text/plain");
        Document read = store().fetch(KEY).orElseThrow();

        assertThat(read.bytes()).isEqualTo(bytes("first"));
        assertThat(store().replaceIfMatch(KEY, read.eTag(), bytes("second"), "text/plain"))
                .isTrue();
        assertThat(store().replaceIfMatch(KEY, read.eTag(), bytes("third"), "text/plain"))
                .isFalse();
        assertThat(text(KEY)).isEqualTo("second");
    }

    @Test
    void aDocumentThatIsGoneIsNotReplaced() {
        store().put(KEY, bytes("first"), "text/plain");
        Document read = store().fetch(KEY).orElseThrow();
        store().remove(KEY);

        assertThat(store().replaceIfMatch(KEY, read.eTag(), bytes("second"), "text/plain"))
                .isFalse();
        assertThat(store().fetch(KEY)).isEmpty();
    }

    @Test
    void aListingShowsAPrefixPageByPage() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            put("incoming/people/" + name + ".csv", bytes(name));
        }
        put("incoming/peoples.csv", bytes("other"));

        Listing first = store().list("incoming/people/", "", 2);
        Listing second = store().list("incoming/people/", first.next().orElseThrow(), 2);
        Listing third = store().list("incoming/people/", second.next().orElseThrow(), 2);

        assertThat(List.of(first, second, third))
                .flatExtracting(Listing::objects)
                .extracting(object -> object.key().substring("incoming/people/".length()))
                .containsExactly("a.csv", "b.csv", "c.csv", "d.csv", "e.csv");
        assertThat(third.next()).isEmpty();
        ListedObject listed = first.objects().getFirst();
        StoredObject stored = store().head(listed.key()).orElseThrow();
        assertThat(listed.eTag()).isEqualTo(stored.eTag());
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.lastModified()).isEqualTo(stored.lastModified());
        assertThat(Duration.between(listed.lastModified(), first.at())).isBetween(HOUR.negated(), HOUR);
    }

    @Test
    void whatLiesUnderAPrefixInFoldersIsTold() {
        put("dead-letters/roster/1.json", bytes("1"));
        put("dead-letters/people/2.json", bytes("2"));
        put("dead-letters/people/3.json", bytes("3"));
        put("dead-letters/4.json", bytes("4"));

        assertThat(store().folders("dead-letters/")).containsExactly("people", "roster");
        assertThat(store().folders("receipts/")).isEmpty();
    }

    @Test
    void aFileIsReadFromAnyOffset() throws IOException {
        SourceFile file = dropped(KEY, "0123456789");

        assertThat(rest(file, 0)).isEqualTo("0123456789");
        assertThat(rest(file, 4)).isEqualTo("456789");
        assertThat(rest(file, 9)).isEqualTo("9");
    }

    @Test
    void anUploadIsCompletedOnConditionOfWhatItReplaces() {
        String first = store().startUpload(TARGET, "text/csv", METADATA);
        List<String> firstParts = List.of(store().uploadPart(TARGET, first, 1, bytes("first"), 5));
        String second = store().startUpload(TARGET, "text/csv", METADATA);
        List<String> secondParts = List.of(store().uploadPart(TARGET, second, 1, bytes("second"), 6));

        assertThat(store().completeUploadIfMatch(TARGET, first, firstParts, Optional.empty()))
                .isTrue();
        assertThat(store().completeUploadIfMatch(TARGET, second, secondParts, Optional.empty()))
                .isFalse();
        assertThat(text(TARGET)).isEqualTo("first");
        Optional<String> eTag = store().head(TARGET).map(StoredObject::eTag);
        assertThat(store().completeUploadIfMatch(TARGET, second, secondParts, eTag))
                .isTrue();
        assertThat(text(TARGET)).isEqualTo("second");
    }

    @Test
    void aPartMayBeARangeOfAnotherObject() {
        SourceFile file = dropped(KEY, "header\nrows\n");
        String upload = store().startUpload(TARGET, "text/csv", METADATA);

        String part = store().copyPart(file, 7, 5, TARGET, upload, 1);

        assertThat(store().completeUpload(TARGET, upload, List.of(part))).isTrue();
        assertThat(text(TARGET)).isEqualTo("rows\n");
    }

    @Test
    void noPartIsCopiedFromAnObjectThatWasOverwritten() {
        SourceFile file = dropped(KEY, "before");
        put(KEY, bytes("after, and longer"));
        String upload = store().startUpload(TARGET, "text/csv", METADATA);

        assertThatThrownBy(() -> store().copyPart(file, 0, 3, TARGET, upload, 1))
                .isInstanceOf(SourceLostException.class);
    }

    @Test
    void theTimeOfAFileIsTheOneThatItsHeadTells() throws IOException {
        SourceFile file = dropped(KEY, "Ada");

        OpenObject opened = store().open(file, 0);
        opened.body().close();

        assertThat(opened.lastModified())
                .isEqualTo(store().head(KEY).orElseThrow().lastModified());
    }

    @Test
    void aFileThatWasOverwrittenIsLost() {
        SourceFile file = dropped(KEY, "before");
        put(KEY, bytes("after, and longer"));

        assertThatThrownBy(() -> store().open(file, 0)).isInstanceOf(SourceLostException.class);
        assertThatThrownBy(() -> store().open(file, 3)).isInstanceOf(SourceLostException.class);
    }

    @Test
    void aFileThatIsGoneIsLost() {
        SourceFile file = dropped(KEY, "before");
        store().remove(KEY);

        assertThatThrownBy(() -> store().open(file, 0)).isInstanceOf(SourceLostException.class);
    }

    @Test
    void aBodyMayBeClosedBeforeItsEnd() throws IOException {
        byte[] large = new byte[1 << 20];
        put(KEY, large);
        SourceFile file = file(KEY);

        try (var body = store().open(file, 0).body()) {
            assertThat(body.read()).isZero();
        }

        assertThat(rest(file, large.length - 1)).hasSize(1);
    }

    @Test
    void aCopyHasTheBytesAndTheSourceStays() {
        SourceFile file = dropped(KEY, "Ada");

        store().copy(file, TARGET, sha256OfAda());

        assertThat(text(TARGET)).isEqualTo("Ada");
        assertThat(text(KEY)).isEqualTo("Ada");
    }

    @Test
    void aCopyReplacesAnEarlierOne() {
        put(TARGET, bytes("half"));

        store().copy(dropped(KEY, "Ada"), TARGET, sha256OfAda());

        assertThat(text(TARGET)).isEqualTo("Ada");
    }

    @Test
    void aFileThatWasOverwrittenIsNotCopied() {
        SourceFile file = dropped(KEY, "Ada");
        put(KEY, bytes("Eve"));

        assertThatThrownBy(() -> store().copy(file, TARGET, sha256OfAda())).isInstanceOf(SourceLostException.class);
        assertThat(store().head(TARGET)).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsNotCopied() {
        SourceFile file = dropped(KEY, "Ada");
        store().remove(KEY);

        assertThatThrownBy(() -> store().copy(file, TARGET, sha256OfAda())).isInstanceOf(SourceLostException.class);
    }

    @Test
    void aPendingUploadIsSeenByNobodyUntilItIsCompleted() {
        byte[] first = new byte[PART];
        Arrays.fill(first, (byte) 'a');
        String upload = store().startUpload(KEY, "text/csv", METADATA);
        // The buffer is longer than the part, and used again at once.
        byte[] buffer = Arrays.copyOf(first, PART + 7);
        String one = store().uploadPart(KEY, upload, 1, buffer, PART);
        buffer[0] = 'b';
        String two = store().uploadPart(KEY, upload, 2, buffer, 1);
        assertThat(store().head(KEY)).isEmpty();
        assertThat(store().read(KEY)).isEmpty();

        assertThat(store().completeUpload(KEY, upload, List.of(one, two))).isTrue();

        byte[] whole = Arrays.copyOf(first, PART + 1);
        whole[PART] = 'b';
        assertThat(store().read(KEY)).contains(whole);
        assertThat(store().head(KEY)).hasValueSatisfying(object -> {
            assertThat(object.size()).isEqualTo(PART + 1);
            assertThat(object.metadata()).isEqualTo(METADATA);
        });
    }

    @Test
    void aCompletedUploadReplacesWhatStoodAtTheKey() {
        put(KEY, bytes("before"));
        String upload = store().startUpload(KEY, "text/csv", METADATA);
        String part = store().uploadPart(KEY, upload, 1, bytes("after"), 5);
        assertThat(text(KEY)).isEqualTo("before");

        store().completeUpload(KEY, upload, List.of(part));

        assertThat(text(KEY)).isEqualTo("after");
    }

    /// S3 may answer a repeated completion either way:
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>.
    @Test
    void anUploadThatIsCompletedTwiceStandsOnce() {
        String upload = store().startUpload(KEY, "text/csv", METADATA);
        List<String> parts = List.of(store().uploadPart(KEY, upload, 1, bytes("Ada"), 3));
        store().completeUpload(KEY, upload, parts);

        assertThatCode(() -> store().completeUpload(KEY, upload, parts)).doesNotThrowAnyException();

        assertThat(text(KEY)).isEqualTo("Ada");
    }

    @Test
    void anUploadThatWasCompletedAndRemovedDoesNotComeBack() {
        String upload = store().startUpload(KEY, "text/csv", METADATA);
        List<String> parts = List.of(store().uploadPart(KEY, upload, 1, bytes("Ada"), 3));
        store().completeUpload(KEY, upload, parts);
        store().remove(KEY);

        assertThat(store().completeUpload(KEY, upload, parts)).isFalse();
        assertThat(store().head(KEY)).isEmpty();
    }

    @Test
    void anAbortedUploadCannotBeCompleted() {
        String upload = store().startUpload(KEY, "text/csv", METADATA);
        List<String> parts = List.of(store().uploadPart(KEY, upload, 1, bytes("Ada"), 3));
        store().abortUpload(KEY, upload);

        assertThat(store().completeUpload(KEY, upload, parts)).isFalse();
        assertThat(store().head(KEY)).isEmpty();
    }

    @Test
    void anUploadMayBeAbortedAgain() {
        String upload = store().startUpload(KEY, "text/csv", METADATA);
        store().abortUpload(KEY, upload);

        assertThatCode(() -> store().abortUpload(KEY, upload)).doesNotThrowAnyException();
    }

    @Test
    void twoUploadsToOneKeyKnowNothingOfEachOther() {
        String one = store().startUpload(KEY, "text/csv", METADATA);
        String two = store().startUpload(KEY, "text/csv", METADATA);
        String partOfOne = store().uploadPart(KEY, one, 1, bytes("one"), 3);
        String partOfTwo = store().uploadPart(KEY, two, 1, bytes("two"), 3);
        store().abortUpload(KEY, one);

        assertThat(store().completeUpload(KEY, two, List.of(partOfTwo))).isTrue();

        assertThat(text(KEY)).isEqualTo("two");
        assertThat(partOfOne).isNotEqualTo(partOfTwo);
    }

    @Test
    void anObjectIsRemovedOnConditionOfItsETag() {
        SourceFile file = dropped(KEY, "Ada");

        store().removeIfMatch(KEY, file.eTag());

        assertThat(store().head(KEY)).isEmpty();
    }

    @Test
    void anObjectWithAnotherETagIsNotRemoved() {
        SourceFile file = dropped(KEY, "Ada");
        put(KEY, bytes("Eve"));

        store().removeIfMatch(KEY, file.eTag());

        assertThat(text(KEY)).isEqualTo("Eve");
    }

    @Test
    void whatIsGoneMayBeRemovedAgain() {
        SourceFile file = dropped(KEY, "Ada");
        store().remove(KEY);

        assertThatCode(() -> {
                    store().remove(KEY);
                    store().removeIfMatch(KEY, file.eTag());
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incoming/people/two words.csv",
                "incoming/people/a+b.csv",
                "incoming/people/100%.csv",
                "incoming/people/%20%2F.csv",
                "incoming/people/ünï.csv",
                "incoming/people/😀.csv",
                "incoming/people/a=b&c?d#e;f.csv",
                "incoming/people/quote'\".csv"
            })
    void aKeyMayHoldAnyCharacter(String key) throws IOException {
        String copy = "backup/" + key;
        String output = "successful/" + key;
        assertThat(store().createIfAbsent(key, bytes("Ada"), "text/csv")).isTrue();
        assertThat(store().createIfAbsent(key, bytes("Eve"), "text/csv")).isFalse();
        SourceFile file = file(key);
        assertThat(rest(file, 1)).isEqualTo("da");

        store().copy(file, copy, sha256OfAda());
        String upload = store().startUpload(output, "text/csv", METADATA);
        String part = store().uploadPart(output, upload, 1, bytes("out"), 3);
        store().completeUpload(output, upload, List.of(part));
        store().removeIfMatch(key, file.eTag());

        assertThat(text(copy)).isEqualTo("Ada");
        assertThat(text(output)).isEqualTo("out");
        assertThat(store().head(key)).isEmpty();
    }

    SourceFile dropped(String key, String content) {
        put(key, bytes(content));
        return file(key);
    }

    /// The file that stands at a key.
    SourceFile file(String key) {
        StoredObject object = store().head(key).orElseThrow();
        return new SourceFile("bucket", key, Optional.empty(), object.eTag(), object.size());
    }

    String text(String key) {
        return new String(store().read(key).orElseThrow(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String rest(SourceFile file, long offset) throws IOException {
        try (var body = store().open(file, offset).body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256OfAda() {
        return "99a563ab2f6e21e96998f9fddd2a2bab82b70ac019579502b8d7fc0032ff62bb";
    }
}
