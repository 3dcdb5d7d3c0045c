package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.PoisonFileException;
import dev.winnow.file.Reason;
import dev.winnow.file.Sha256;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.StoreUnavailableException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class PendingUploadTest {

    private static final String KEY = "successful/people/day.csv";

    private final InMemoryObjectStore bucket = new InMemoryObjectStore();
    private final RecordingStore store = new RecordingStore();

    /// Part sizes are joined by a space.
    @ParameterizedTest
    @CsvSource({"1, 1", "9, 9", "10, 10", "11, 10 1", "19, 10 9", "20, 10 10", "21, 10 10 1"})
    void partsAreFullButTheLast(int size, String parts) {
        byte[] bytes = bytes(size, 1);
        PendingUpload upload = upload(10);

        upload.write(bytes, 0, size);
        List<String> eTags = upload.finish();

        assertThat(store.lengths.values()).hasToString("[" + parts.replace(" ", ", ") + "]");
        assertThat(eTags).containsExactlyElementsOf(store.eTags.values());
        assertThat(published(upload, eTags)).isEqualTo(bytes);
    }

    @Test
    void whateverThePiecesTheContentIsTheirSequence() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            byte[] bytes = bytes(1 + random.nextInt(400_000), seed);
            PendingUpload upload = upload(1 + random.nextInt(150_000) + 1_000);
            int written = 0;
            while (written < bytes.length) {
                if (random.nextInt(3) == 0) {
                    upload.write(bytes[written]);
                    written++;
                } else {
                    int piece = Math.min(bytes.length - written, random.nextInt(50_000));
                    upload.write(bytes, written, piece);
                    written += piece;
                }
            }

            List<String> eTags = upload.finish();

            assertThat(upload.size()).as("seed %d", seed).isEqualTo(bytes.length);
            MessageDigest sha256 = Sha256.digest();
            sha256.update(bytes);
            assertThat(upload.sha256()).as("seed %d", seed).isEqualTo(Sha256.hex(sha256));
            assertThat(published(upload, eTags)).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void nothingIsSeenBeforeSomebodyCompletesIt() {
        PendingUpload upload = upload(10);

        upload.write(bytes(25, 1), 0, 25);
        upload.finish();

        assertThat(bucket.keys()).isEmpty();
        assertThat(bucket.pendingUploads()).isEqualTo(1);
    }

    @Test
    void threePartsAreOnTheirWayWhileTheNextIsFilledInFourBuffersAltogether() throws InterruptedException {
        store.gate = new CountDownLatch(1);
        int partSize = 200_000;
        PendingUpload upload = upload(partSize);
        byte[] bytes = bytes(10 * partSize, 1);
        Thread writer = Thread.ofVirtual().start(() -> upload.write(bytes, 0, bytes.length));
        Awaitility.await().until(() -> store.started.get() == 4 && writer.getState() == Thread.State.WAITING);

        // The fourth is full too; without the wait for the first there would be a fifth buffer.
        assertThat(store.buffers).hasSize(4);

        store.gate.countDown();
        writer.join();
        List<String> eTags = upload.finish();
        assertThat(store.lengths.values()).hasSize(10).containsOnly(partSize);
        assertThat(store.buffers).hasSize(4).allMatch(buffer -> buffer.length == partSize);
        assertThat(published(upload, eTags)).isEqualTo(bytes);
    }

    @Test
    void aBufferWhosePartHasArrivedIsUsedBeforeAnother() {
        PendingUpload upload = upload(10);
        for (int part = 1; part <= 6; part++) {
            int arrived = part;
            upload.write(bytes(10, part), 0, 10);
            Awaitility.await().until(() -> store.ends.size() >= arrived - 1);
        }
        upload.finish();

        assertThat(store.buffers).hasSize(2);
    }

    @Test
    void whatOthersWouldMissIsLeftToThem() throws InterruptedException {
        store.gate = new CountDownLatch(1);
        int partSize = 1 << 20;
        PartBuffers buffers = new PartBuffers(partSize, 6);
        PendingUpload upload = upload(buffers.lease(), partSize);
        byte[] bytes = bytes(10 * partSize, 1);

        Thread writer = Thread.ofVirtual().start(() -> upload.write(bytes, 0, bytes.length));
        Awaitility.await().until(() -> store.started.get() == 2 && writer.getState() == Thread.State.WAITING);

        // Two were taken for the file and one to spare, so three are left, which is half of them.
        assertThat(store.buffers).hasSize(2);
        assertThat(buffers.lease().surplus()).isEmpty();
        assertThat(buffers.lease().spare()).isPresent();

        store.gate.countDown();
        writer.join();
        assertThat(published(upload, upload.finish())).isEqualTo(bytes);
    }

    @Test
    void withNoBufferToSpareEveryPartIsWaitedForAndTheOneBufferUsedAgain() {
        int partSize = 1 << 20;
        PartBuffers buffers = new PartBuffers(partSize, 2);
        PartBuffers.Lease lease = buffers.lease();
        PendingUpload upload = upload(lease, partSize);
        byte[] bytes = bytes(5 * partSize / 2, 1);

        upload.write(bytes, 0, bytes.length);
        List<String> eTags = upload.finish();

        assertThat(store.lengths.values()).containsExactly(partSize, partSize, partSize / 2);
        assertThat(store.buffers).hasSize(1);
        assertThat(published(upload, eTags)).isEqualTo(bytes);
        lease.close();
        assertThat(buffers.lease().own()).isIn(store.buffers);
    }

    @Test
    void aSmallOutputTakesASmallBuffer() {
        PendingUpload upload = upload(5 << 20);

        upload.write(bytes(100, 1), 0, 100);
        upload.finish();

        assertThat(store.buffers)
                .singleElement()
                .satisfies(buffer -> assertThat(buffer.length).isLessThanOrEqualTo(1 << 16));
    }

    @Test
    void aPartThatFailsIsToldOnceItsBufferIsWanted() {
        store.failAtPart = 1;
        PendingUpload upload = upload(10);

        assertThatThrownBy(() -> upload.write(bytes(51, 1), 0, 51)).isSameAs(store.failure);

        upload.abort();
        assertThat(bucket.pendingUploads()).isZero();
    }

    @Test
    void withNoBufferToSpareAPartThatFailsIsToldAtOnce() {
        store.failAtPart = 1;
        int partSize = 1 << 20;
        PendingUpload upload = upload(new PartBuffers(partSize, 2).lease(), partSize);

        assertThatThrownBy(() -> upload.write(bytes(partSize + 1, 1), 0, partSize + 1))
                .isSameAs(store.failure);
    }

    @Test
    void aLastPartThatFailsIsToldAtTheEnd() {
        store.failAtPart = 3;
        PendingUpload upload = upload(10);
        upload.write(bytes(25, 1), 0, 25);

        assertThatThrownBy(upload::finish).isSameAs(store.failure);
    }

    @Test
    void anUploadWithAFailedPartIsGivenUpWithoutAWord() {
        store.failAtPart = 1;
        PendingUpload upload = upload(10);
        upload.write(bytes(11, 1), 0, 11);

        assertThatCode(upload::abort).doesNotThrowAnyException();

        assertThat(bucket.pendingUploads()).isZero();
    }

    @Test
    void anUploadWithNoPartMayBeGivenUp() {
        upload(10).abort();

        assertThat(bucket.pendingUploads()).isZero();
    }

    @Test
    void partsOnTheirWayAreWaitedForBeforeTheUploadIsGivenUp() throws InterruptedException {
        store.gate = new CountDownLatch(1);
        PendingUpload upload = upload(10);
        upload.write(bytes(31, 1), 0, 31);
        Thread giver = Thread.ofVirtual().start(upload::abort);
        Awaitility.await().until(() -> giver.getState() == Thread.State.WAITING && store.started.get() == 3);
        assertThat(store.ends).isEmpty();

        store.gate.countDown();
        giver.join();

        assertThat(store.ends).hasSize(4).endsWith("abort").contains("part 1", "part 2", "part 3");
        assertThat(bucket.pendingUploads()).isZero();
    }

    @Test
    void asManyPartsAsS3TakesMakeAnOutput() {
        PendingUpload upload = upload(1);
        byte[] bytes = bytes(10_000, 1);

        upload.write(bytes, 0, bytes.length);

        assertThat(upload.finish()).hasSize(10_000);
    }

    @Test
    void oneMoreIsALimitThatTheSenderIsTold() {
        PendingUpload upload = upload(1);
        byte[] bytes = bytes(10_001, 1);
        upload.write(bytes, 0, bytes.length);

        assertThatThrownBy(upload::finish)
                .isInstanceOfSatisfying(
                        PoisonFileException.class,
                        poison -> assertThat(poison.reason()).isEqualTo(Reason.OUTPUT_LIMIT))
                .hasMessage("Cannot write an output of more than 10000 parts of 1 bytes: split the file, or raise"
                        + " winnow.output.part-size");
        upload.abort();
        assertThat(store.lengths).hasSize(10_000);
    }

    private PendingUpload upload(int partSize) {
        return upload(new PartBuffers(partSize, 2).lease(), partSize);
    }

    private PendingUpload upload(PartBuffers.Lease lease, int partSize) {
        return new PendingUpload(store, KEY, "text/csv", Map.of("winnow-attempt", "a1"), partSize, lease);
    }

    private byte[] published(PendingUpload upload, List<String> eTags) {
        assertThat(upload.key()).isEqualTo(KEY);
        assertThat(bucket.completeUpload(KEY, upload.uploadId(), eTags)).isTrue();
        assertThat(bucket.head(KEY).orElseThrow().metadata()).containsEntry("winnow-attempt", "a1");
        return bucket.read(KEY).orElseThrow();
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// Keeps what was uploaded, and can hold parts back or let one fail.
    private final class RecordingStore extends HookedObjectStore {

        final SortedMap<Integer, Integer> lengths = new ConcurrentSkipListMap<>();
        final SortedMap<Integer, String> eTags = new ConcurrentSkipListMap<>();
        final List<String> ends = new CopyOnWriteArrayList<>();
        final Set<byte[]> buffers = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        final AtomicInteger started = new AtomicInteger();
        final RuntimeException failure = new StoreUnavailableException("Cannot upload a part: S3 answers SlowDown");
        volatile CountDownLatch gate = new CountDownLatch(0);
        volatile int failAtPart;

        RecordingStore() {
            super(bucket);
        }

        @Override
        public String uploadPart(String key, String uploadId, int number, byte[] buffer, int length) {
            buffers.add(buffer);
            started.incrementAndGet();
            try {
                gate.await();
                if (number == failAtPart) {
                    throw failure;
                }
                lengths.put(number, length);
                String eTag = super.uploadPart(key, uploadId, number, buffer, length);
                eTags.put(number, eTag);
                ends.add("part " + number);
                return eTag;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void abortUpload(String key, String uploadId) {
            ends.add("abort");
            super.abortUpload(key, uploadId);
        }
    }
}
