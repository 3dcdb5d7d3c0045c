package dev.winnow.sweep;

import dev.winnow.deadletter.DeadLetters;
import dev.winnow.deadletter.Reconciliation;
import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.IntakeConfig;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Via;
import dev.winnow.sqs.Outbox;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Gatherers;

/// Finds what lies in the incoming prefix with nobody knowing of it, and announces it in S3's stead.
///
/// The dead-letter queue is reconciled first, so that a file whose messages SQS itself gave up has its dead letter
/// and does not go round. To sweep twice, or at two replicas at once, announces a file twice and does no other harm.
@Singleton
public final class Sweeper {

    private static final int PAGE = 1000;
    private static final int AT_ONCE = 32;

    private final Reconciliation reconciliation;
    private final ObjectStore store;
    private final Layout layout;
    private final String bucket;
    private final boolean sourcesGo;
    private final SweepConfig config;
    private final FileIntake intake;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final SweepJournal journal;

    public Sweeper(
            Reconciliation reconciliation,
            ObjectStore store,
            Layout layout,
            BucketConfig bucket,
            IntakeConfig afterwards,
            SweepConfig config,
            FileIntake intake,
            DeadLetters deadLetters,
            Outbox outbox,
            SweepJournal journal) {
        this.reconciliation = reconciliation;
        this.store = store;
        this.layout = layout;
        this.bucket = bucket.bucket();
        this.sourcesGo = afterwards.afterProcessing() == IntakeConfig.AfterProcessing.MOVE;
        this.config = config;
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.journal = journal;
    }

    /// Sweeps once.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException or [software.amazon.awssdk.core.exception.SdkException]
    /// when it cannot go on; it may be begun again
    public Sweep sweep() {
        Reconciliation.Pass pass = reconciliation.pass();
        Sweep sweep = Sweep.NOTHING;
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            Listing page = store.list(layout.incoming(), after.get(), PAGE);
            sweep = sweep.plus(sweep(page));
            after = page.next();
        }
        journal.swept(sweep, pass);
        return sweep;
    }

    private Sweep sweep(Listing page) {
        Instant fullAge = page.at().minus(config.olderThan());
        return page.objects().stream()
                .filter(object -> !object.key().endsWith("/"))
                .gather(Gatherers.mapConcurrent(
                        AT_ONCE, object -> sweep(object, object.lastModified().isAfter(fullAge))))
                .reduce(Sweep.NOTHING, Sweep::plus);
    }

    private Sweep sweep(ListedObject object, boolean young) {
        if (young) {
            return new Sweep(1, 0, 0);
        }
        SourceFile file = new SourceFile(bucket, object.key(), Optional.empty(), object.eTag(), object.size());
        boolean decided = intake.isDecided(file);
        boolean accounted = decided ? !sourcesGo : deadLetters.find(file).isPresent();
        if (accounted) {
            return new Sweep(1, 0, 0);
        }
        outbox.announce(file, Via.SWEEP, 0);
        return decided ? new Sweep(1, 0, 1) : new Sweep(1, 1, 0);
    }
}
