package dev.winnow.batch;

import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.queue.Backoff;
import dev.winnow.queue.QueueConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// Takes in what lies under a prefix, several files at once, in memory that does not grow with their number.
///
/// Any number of batches and replicas of the service may be at the same files: each file is decided once. What a batch
/// has not done when it ends stays as it is, and the next one does it.
@Singleton
public final class Batch {

    private static final Logger LOG = Logger.getLogger("dev.winnow.batch");

    private static final int PAGE = 1000;

    /// How often a file, or a page of the listing, is tried.
    private static final int TRIES = 4;

    /// So many files in a row for each one in work, none of which could be decided, mean that the store is out of
    /// reach.
    private static final int FRUITLESS = 3;

    private final ObjectStore store;
    private final String bucket;
    private final Worker worker;
    private final Backoff backoff;
    private final Duration drain;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean begun;

    Batch(ObjectStore store, BucketConfig bucket, Worker worker, Backoff backoff, QueueConfig config) {
        this.store = store;
        this.bucket = bucket.bucket();
        this.worker = worker;
        this.backoff = backoff;
        this.drain = config.drain();
    }

    /// Runs once, on the calling thread, until every file had its turn or the process is told to stop.
    public Exit run(BatchOrder order, Audience audience) throws InterruptedException {
        Report report = switch (audience) {
            case Audience.Person(PrintStream terminal, int width) -> new ProgressBar(terminal, width, System::nanoTime);
            case Audience.Program(PrintStream out) -> new JsonLines(out);
        };
        return run(order, report).exit();
    }

    Summary run(BatchOrder order, Report report) throws InterruptedException {
        begun = true;
        Run run = new Run(order, report);
        try {
            return run.run();
        } finally {
            ended.countDown();
        }
    }

    /// Lets no further file begin, and waits for those in work, as long as a stop may take.
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(1) ShutdownEvent event)
            throws InterruptedException {
        stopping.countDown();
        if (begun && !ended.await(drain.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("stopped with files unfinished: the next batch, or their events, take them up");
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /// One run over the files.
    private final class Run {

        private final BatchOrder order;
        private final Report report;
        private final String origin = "batch-" + UUID.randomUUID();
        private final long begin = System.nanoTime();
        private final Summary.Count count = new Summary.Count();
        private final Semaphore room;
        private final Thread.Builder workers = Thread.ofVirtual().name("file ", 0);
        private final AtomicInteger fruitless = new AtomicInteger();
        private Optional<Instant> from = Optional.empty();

        private Run(BatchOrder order, Report report) {
            this.order = order;
            this.report = report;
            this.room = new Semaphore(order.concurrency());
        }

        private Summary run() throws InterruptedException {
            boolean complete;
            try {
                if (report.wantsTotal()) {
                    long total = total();
                    tell(() -> report.total(total));
                }
                complete = workThrough();
            } catch (StoreUnavailableException e) {
                LOG.errorf("cannot go on: %s", e.getMessage());
                complete = false;
            }
            room.acquire(order.concurrency());
            Summary summary = count.sum(order.dryRun(), complete, isStopping(), since(begin));
            tell(() -> report.closed(summary));
            return summary;
        }

        private long total() throws InterruptedException {
            long total = 0;
            Optional<String> after = Optional.of("");
            while (after.isPresent() && !isStopping()) {
                Listing page = page(after.get());
                total += files(page).size();
                after = page.next();
            }
            return total;
        }

        /// Lets every file have its turn.
        ///
        /// @return false when it ended before that
        private boolean workThrough() throws InterruptedException {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                Listing page = page(after.get());
                for (SourceFile file : files(page)) {
                    room.acquire();
                    if (isStopping() || isOutOfReach()) {
                        room.release();
                        return false;
                    }
                    workers.start(() -> work(file));
                }
                after = page.next();
            }
            return true;
        }

        private boolean isOutOfReach() {
            boolean out = fruitless.get() >= FRUITLESS * order.concurrency();
            if (out) {
                LOG.errorf("cannot go on: none of the last %d files could be decided", fruitless.get());
            }
            return out;
        }

        /// The files of a page that are meant, folder markers aside.
        private List<SourceFile> files(Listing page) {
            // The first answer's clock is everybody's, so that a long batch does not lose files as it goes.
            Instant since = from.orElseGet(() -> order.since().from(page.at()));
            from = Optional.of(since);
            return page.objects().stream()
                    .filter(object -> !object.key().endsWith("/")
                            && !object.lastModified().isBefore(since))
                    .map(this::file)
                    .toList();
        }

        private SourceFile file(ListedObject object) {
            return new SourceFile(bucket, object.key(), Optional.empty(), object.eTag(), object.size());
        }

        private Listing page(String after) throws InterruptedException {
            for (int tries = 1; ; tries++) {
                try {
                    return store.list(order.prefix(), after, PAGE);
                } catch (StoreUnavailableException e) {
                    if (tries == TRIES || waitedInVain(tries)) {
                        throw e;
                    }
                }
            }
        }

        private void work(SourceFile file) {
            try {
                long start = System.nanoTime();
                FileEnd end = worker.work(file, order, origin);
                for (int tries = 1; end.ending().isTransient() && tries < TRIES && !waitedInVain(tries); tries++) {
                    end = worker.work(file, order, origin);
                }
                FileEnd told = end.after(since(start));
                fruitless.updateAndGet(before -> told.ending().isTransient() ? before + 1 : 0);
                count.add(told);
                tell(() -> report.ended(told));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                room.release();
            }
        }

        /// Waits before the next try.
        ///
        /// @return whether a stop has begun meanwhile
        private boolean waitedInVain(int tries) throws InterruptedException {
            return stopping.await(backoff.after(tries).toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void tell(Runnable what) {
            what.run();
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
