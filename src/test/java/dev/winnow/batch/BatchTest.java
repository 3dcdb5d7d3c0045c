package dev.winnow.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.queue.Backoff;
import dev.winnow.queue.QueueConfig;
import dev.winnow.receipt.ReceiptJson;
import dev.winnow.receipt.Via;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

final class BatchTest {

    private static final String PREFIX = "incoming/guests/";
    private static final QueueConfig CONFIG = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(QueueConfig.class)
            .build()
            .getConfigMapping(QueueConfig.class);
    private static final Backoff NO_WAIT = new Backoff(Duration.ZERO, Duration.ZERO, RandomGenerator.getDefault());

    private final Registry registry = new Registry();
    private final Told told = new Told();
    private Batch batch = batch(NO_WAIT);

    @Test
    void everyFileIsDecidedAndItsReceiptSaysThatABatchDidIt() throws InterruptedException {
        List<SourceFile> files = drop(7);
        registry.bucket.put(PREFIX, "");

        Summary summary = batch.run(order(3), told);

        assertThat(summary.exit()).isEqualTo(Exit.DONE);
        assertThat(told.ends).hasSize(7).allMatch(end -> end.ending() == Ending.COMMITTED);
        assertThat(summary.records().read()).isEqualTo(7);
        assertThat(files)
                .allSatisfy(file -> assertThat(registry.store.read("receipts/guests/" + file.id() + ".json"))
                        .hasValueSatisfying(receipt ->
                                assertThat(ReceiptJson.read(receipt).via()).isEqualTo(Via.BATCH)));
        assertThat(registry.bucket.keys(PREFIX)).containsExactly(PREFIX);
        assertThat(told.summary).isEqualTo(summary);
    }

    @Test
    void everyPageOfTheListingIsTaken() throws InterruptedException {
        drop(1_003);

        assertThat(batch.run(dryRun(), told).files(Ending.COMMITTED)).isEqualTo(1_003);
        assertThat(told.total).isEqualTo(1_003);
    }

    @Test
    void noMoreFilesThanOrderedAreInWorkAtOnce() throws InterruptedException {
        drop(20);
        AtomicInteger inWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(4);
        registry.bucket.beforeEach(call -> {
            if (call.startsWith("open ")) {
                most.accumulateAndGet(inWork.incrementAndGet(), Math::max);
                full.countDown();
                await(full);
            } else if (call.startsWith("create receipts/")) {
                inWork.decrementAndGet();
            }
        });

        batch.run(order(4), told);

        assertThat(told.ends).hasSize(20);
        assertThat(most).hasValue(4);
    }

    @Test
    void whatIsNotUnderThePrefixOrOlderIsLeftAlone() throws InterruptedException {
        registry.bucket.put("incoming/others/a.csv", "name\nAda\n");
        registry.bucket.put(PREFIX + "old.csv", "name\nAda\n");
        registry.pass(Duration.ofHours(2));
        registry.bucket.put(PREFIX + "new.csv", "name\nAda\n");

        batch.run(new BatchOrder(PREFIX, new Since.Ago(Duration.ofHours(1)), false, false, 2), told);

        assertThat(told.keys()).containsExactly(PREFIX + "new.csv");
    }

    @Test
    void aFileThatCannotBeReadIsADeadLetterWithItsEntryAndItsNotice() throws InterruptedException {
        drop(1);
        SourceFile bad = registry.bucket.put(PREFIX + "bad.csv", "nome\nAda\n");

        Summary summary = batch.run(order(1), told);

        assertThat(summary.exit()).isEqualTo(Exit.DEAD_LETTERS);
        assertThat(summary.files(Ending.COMMITTED)).isOne();
        assertThat(registry.entry(bad)).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo("header.missing");
            assertThat(letter.messageId()).startsWith("batch-");
        });
        assertThat(registry.notices()).hasSize(1);
        assertThat(registry.bucket.keys(PREFIX)).containsExactly(bad.key());
    }

    @Test
    void whatHasADeadLetterIsSkippedByTheNextBatch() throws InterruptedException {
        registry.giveUp("bad.csv", new Grounds(Reason.HEADER_MISSING, "no name"));

        Summary summary = batch.run(order(1), told);

        assertThat(summary.exit()).isEqualTo(Exit.DONE);
        assertThat(told.ends).singleElement().satisfies(end -> {
            assertThat(end.ending()).isEqualTo(Ending.SKIPPED);
            assertThat(end.reason()).contains("header.missing");
        });
        assertThat(registry.notices()).hasSize(1);
    }

    @Test
    void whatHasADeadLetterIsTriedAgainOnDemand() throws InterruptedException {
        SourceFile file = registry.bucket.put(PREFIX + "a.csv", "name\nAda\n");
        registry.office.giveUp("batch-0", file, new Grounds(Reason.EXHAUSTED, "an outage"));

        batch.run(new BatchOrder(PREFIX, always(), true, false, 1), told);

        assertThat(told.ends)
                .singleElement()
                .satisfies(end -> assertThat(end.ending()).isEqualTo(Ending.COMMITTED));
        assertThat(registry.entry(file)).isEmpty();
    }

    @Test
    void whatWasSentBackIsTriedAndKeepsItsCount() throws InterruptedException {
        SourceFile file = registry.giveUp("bad.csv", new Grounds(Reason.HEADER_MISSING, "no name"));
        registry.register.change(registry.entry(file).orElseThrow(), letter -> letter.sentBack("r-1", Registry.START));

        batch.run(order(1), told);

        assertThat(told.ends)
                .singleElement()
                .satisfies(end -> assertThat(end.ending()).isEqualTo(Ending.DEAD_LETTER));
        // The redrive's own message has yet to tell its end.
        assertThat(registry.entry(file))
                .hasValueSatisfying(letter -> assertThat(letter.state()).isEqualTo(DeadLetter.State.REDRIVEN));
    }

    @Test
    void aPassingOutageOfTheStoreIsWaitedOut() throws InterruptedException {
        SourceFile file = drop(1).getFirst();
        AtomicInteger opened = new AtomicInteger();
        registry.bucket.before("open " + file.key(), () -> {
            if (opened.incrementAndGet() < 4) {
                throw new StoreUnavailableException("503");
            }
        });

        assertThat(batch.run(order(1), told).exit()).isEqualTo(Exit.DONE);
    }

    @Test
    void aFileThatKeepsFailingIsReportedAndIsNoDeadLetter() throws InterruptedException {
        List<SourceFile> files = drop(3);
        registry.bucket.fail("open " + files.get(1).key(), new StoreUnavailableException("503"));

        Summary summary = batch.run(order(2), told);

        assertThat(summary.exit()).isEqualTo(Exit.TRY_AGAIN);
        assertThat(summary.files(Ending.COMMITTED)).isEqualTo(2);
        assertThat(told.ends)
                .filteredOn(end -> end.ending() == Ending.FAILED)
                .singleElement()
                .satisfies(end -> {
                    assertThat(end.file()).isEqualTo(files.get(1));
                    assertThat(end.detail()).contains("503");
                });
        assertThat(registry.bucket.keys("dead-letters/")).isEmpty();
        assertThat(registry.notices()).isEmpty();
    }

    @Test
    void aNoticeThatCannotBeSentIsTriedAgain() throws InterruptedException {
        registry.bucket.put(PREFIX + "bad.csv", "nome\nAda\n");
        registry.sqs.failNext(SendMessageRequest.class, SdkClientException.create("no route"));

        assertThat(batch.run(order(1), told).exit()).isEqualTo(Exit.DEAD_LETTERS);
        assertThat(told.ends).hasSize(1);
        assertThat(registry.bucket.keys("dead-letters/")).hasSize(1);
    }

    @Test
    void aBugInOneFileDoesNotStopTheOthers() throws InterruptedException {
        List<SourceFile> files = drop(3);
        registry.bucket.fail("open " + files.getFirst().key(), new IllegalStateException("PERSONAL"));

        Summary summary = batch.run(order(1), told);

        assertThat(summary.exit()).isEqualTo(Exit.UNEXPECTED);
        assertThat(summary.files(Ending.COMMITTED)).isEqualTo(2);
        assertThat(told.ends.getFirst().detail().orElseThrow())
                .contains("IllegalStateException")
                .doesNotContain("PERSONAL");
    }

    @Test
    void aStoreOutOfReachEndsTheBatchLongBeforeTheLastFile() throws InterruptedException {
        drop(50);
        registry.bucket.beforeEach(call -> {
            if (!call.startsWith("list ")) {
                throw new StoreUnavailableException("connection refused");
            }
        });

        Summary summary = batch.run(order(2), told);

        assertThat(summary.exit()).isEqualTo(Exit.TRY_AGAIN);
        assertThat(summary.complete()).isFalse();
        assertThat(told.ends).hasSizeBetween(6, 8);
    }

    @Test
    void aListingThatFailsIsToBeTriedAgainAsAWhole() throws InterruptedException {
        registry.bucket.fail("list " + PREFIX, new StoreUnavailableException("503"));

        assertThat(batch.run(order(1), told).exit()).isEqualTo(Exit.TRY_AGAIN);
        assertThat(told.summary).isNotNull();
    }

    @Test
    void aDryRunCountsAndWritesNothing() throws InterruptedException {
        registry.bucket.put(PREFIX + "a.csv", "name\nAda\n\"\"\nGrace\n");
        registry.bucket.put(PREFIX + "bad.csv", "nome\nAda\n");
        registry.bucket.beforeEach(call -> {
            if (!call.matches("(list|fetch|read|head|open) .*")) {
                throw new AssertionError("a dry run has written: " + call);
            }
        });

        Summary summary = batch.run(dryRun(), told);

        assertThat(summary.exit()).isEqualTo(Exit.DEAD_LETTERS);
        assertThat(summary.files(Ending.COMMITTED)).isOne();
        assertThat(summary.records().read()).isEqualTo(3);
        assertThat(registry.notices()).isEmpty();
        assertThat(registry.bucket.keys("")).containsExactlyInAnyOrder(PREFIX + "a.csv", PREFIX + "bad.csv");
    }

    @Test
    void aDryRunCountsAsTheRealOne() throws InterruptedException {
        registry.bucket.put(PREFIX + "a.csv", "name\nAda\n\"\"\nGrace,1\n");

        Summary dry = batch.run(dryRun(), told);
        batch = batch(NO_WAIT);
        Summary real = batch.run(order(1), told);

        assertThat(dry.records()).isEqualTo(real.records());
        assertThat(dry.files()).isEqualTo(real.files());
    }

    @Test
    void aStopLetsTheFileInWorkEndAndBeginsNoOther() throws InterruptedException {
        List<SourceFile> files = drop(5);
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        registry.bucket.before("open " + files.getFirst().key(), () -> {
            inWork.countDown();
            await(goOn);
        });
        Thread running = Thread.ofVirtual().start(() -> run(order(1)));
        assertThat(inWork.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopping = Thread.ofVirtual().start(this::stop);
        while (stopping.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        goOn.countDown();
        running.join();
        stopping.join();

        assertThat(told.keys()).containsExactly(files.getFirst().key());
        assertThat(told.summary).isNotNull().satisfies(summary -> {
            assertThat(summary.stopped()).isTrue();
            assertThat(summary.complete()).isFalse();
        });
    }

    @Test
    void aStopWaitsForNoBackOff() throws InterruptedException {
        batch = batch(new Backoff(Duration.ofDays(1), Duration.ofDays(1), RandomGenerator.getDefault()));
        SourceFile file = drop(1).getFirst();
        CountDownLatch failed = new CountDownLatch(1);
        registry.bucket.before("open " + file.key(), () -> {
            failed.countDown();
            throw new StoreUnavailableException("503");
        });
        Thread running = Thread.ofVirtual().start(() -> run(order(1)));
        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();

        stop();
        running.join();

        assertThat(told.ends)
                .singleElement()
                .satisfies(end -> assertThat(end.ending()).isEqualTo(Ending.FAILED));
    }

    @Test
    void aStopOfWhatHasNotBegunIsImmediate() {
        stop();

        assertThat(told.summary).isNull();
    }

    private Batch batch(Backoff backoff) {
        Worker worker = new Worker(registry.intake, registry.register, registry.office);
        return new Batch(registry.store, registry.bucketConfig, worker, backoff, CONFIG);
    }

    private List<SourceFile> drop(int count) {
        List<SourceFile> files = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            files.add(registry.bucket.put(PREFIX + "%04d.csv".formatted(number), "name\nAda " + number + "\n"));
        }
        return files;
    }

    private void run(BatchOrder order) {
        try {
            batch.run(order, told);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void stop() {
        try {
            batch.stop(new ShutdownEvent());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Since always() {
        return new Since.At(Instant.MIN);
    }

    private static BatchOrder order(int concurrency) {
        return new BatchOrder(PREFIX, always(), false, false, concurrency);
    }

    private static BatchOrder dryRun() {
        return new BatchOrder(PREFIX, always(), false, true, 2);
    }

    /// What was told, in its order.
    private static final class Told implements Report {

        private final List<FileEnd> ends = new ArrayList<>();
        private long total;
        private @Nullable Summary summary;

        private List<String> keys() {
            return ends.stream().map(end -> end.file().key()).toList();
        }

        @Override
        public boolean wantsTotal() {
            return true;
        }

        @Override
        public void total(long files) {
            total = files;
        }

        @Override
        public void ended(FileEnd end) {
            ends.add(end);
        }

        @Override
        public void closed(Summary sum) {
            summary = sum;
        }
    }
}
