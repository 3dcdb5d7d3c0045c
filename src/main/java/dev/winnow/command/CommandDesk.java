package dev.winnow.command;

import dev.winnow.consolidation.Consolidation;
import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Reconciliation;
import dev.winnow.decision.Datasets;
import dev.winnow.file.FileId;
import dev.winnow.file.Reason;
import dev.winnow.notification.Command;
import dev.winnow.queue.Operations;
import dev.winnow.receipt.Hour;
import dev.winnow.redrive.Redriver;
import dev.winnow.sqs.Outbox;
import dev.winnow.sweep.Sweeper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Gives each command to whoever carries it out.
@Singleton
final class CommandDesk implements Operations {

    private final Sweeper sweeper;
    private final Reconciliation reconciliation;
    private final Redriver redriver;
    private final Reprocessing reprocessing;
    private final Consolidation consolidation;
    private final Datasets datasets;
    private final Outbox outbox;

    CommandDesk(
            Sweeper sweeper,
            Reconciliation reconciliation,
            Redriver redriver,
            Reprocessing reprocessing,
            Consolidation consolidation,
            Datasets datasets,
            Outbox outbox) {
        this.sweeper = sweeper;
        this.reconciliation = reconciliation;
        this.redriver = redriver;
        this.reprocessing = reprocessing;
        this.consolidation = consolidation;
        this.datasets = datasets;
        this.outbox = outbox;
    }

    @Override
    public Optional<Grounds> carryOut(Command command) {
        switch (command) {
            case Command.Sweep() -> sweeper.sweep();
            case Command.Reconcile() -> reconciliation.pass();
            case Command.Redrive(String id) -> redriver.carryOut(id);
            case Command.Reprocess(String dataset, FileId _, int _)
            when !datasets.names().contains(dataset) -> {
                return Optional.of(noDataset());
            }
            case Command.Reprocess(String dataset, FileId file, int replaces) -> {
                return reprocessing.reprocess(dataset, file, replaces);
            }
            case Command.Consolidate(Optional<String> dataset, Optional<Instant> _)
            when !dataset.map(datasets.names()::contains).orElse(true) -> {
                return Optional.of(noDataset());
            }
            case Command.Consolidate(Optional<String> dataset, Optional<Instant> hour) -> {
                Set<String> meant = dataset.map(Set::of).orElseGet(datasets::names);
                if (hour.isEmpty()) {
                    shareOutWhatIsDue(meant);
                } else if (dataset.isEmpty()) {
                    meant.forEach(name -> share(name, hour.get()));
                } else {
                    consolidation.consolidate(dataset.get(), Hour.of(hour.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// What a command names stays in it: anybody can put anything into a message.
    private Grounds noDataset() {
        return new Grounds(
                Reason.DATASET_UNKNOWN, "Cannot tell the dataset: the command names none of " + datasets.names());
    }

    /// Makes a message of each hour that is due, so that all replicas share the work.
    private void shareOutWhatIsDue(Set<String> meant) {
        consolidation.due().forEach((dataset, hours) -> {
            if (meant.contains(dataset)) {
                hours.forEach(hour -> share(dataset, hour.start()));
            }
        });
    }

    private void share(String dataset, Instant hour) {
        outbox.send(new Command.Consolidate(Optional.of(dataset), Optional.of(hour)));
    }
}
