package dev.winnow.batch;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetterOffice;
import dev.winnow.deadletter.DeadLetters;
import dev.winnow.deadletter.Grounds;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.pipeline.FileIntake;
import dev.winnow.pipeline.Foreseen;
import dev.winnow.pipeline.Taken;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.Via;
import dev.winnow.telemetry.Bug;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/// Tries one file once, by the same engine as the service.
@Singleton
final class Worker {

    private static final Logger LOG = Logger.getLogger("dev.winnow.batch");

    private final FileIntake intake;
    private final DeadLetters register;
    private final DeadLetterOffice office;

    Worker(FileIntake intake, DeadLetters register, DeadLetterOffice office) {
        this.intake = intake;
        this.register = register;
        this.office = office;
    }

    /// Tries a file, on the calling thread; whatever fails is told and goes no further.
    ///
    /// @param origin names the batch in the dead letters that it makes
    FileEnd work(SourceFile file, BatchOrder order, String origin) {
        try {
            Optional<DeadLetter> known = order.retryDeadLetters() ? Optional.empty() : known(file);
            if (known.isPresent()) {
                return FileEnd.skipped(file, known.get().reason());
            }
            return order.dryRun() ? foresee(file) : take(file, origin);
        } catch (SdkException | StoreUnavailableException e) {
            LOG.warnf("postponed: file=%s key=%s: %s", file.id(), file.key(), e.getMessage());
            return FileEnd.failed(file, Ending.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // A bug, or out of memory: one file must not stop the others. What it says is for the log alone.
            LOG.errorf(Bug.of(e), "failed: file=%s key=%s", file.id(), file.key());
            return FileEnd.failed(
                    file,
                    Ending.BROKEN,
                    "Cannot take the file in: " + e.getClass().getName() + ", see the log");
        }
    }

    /// The dead letter that somebody has yet to see to, or nobody will. One that was sent back is tried by whoever
    /// comes first.
    private Optional<DeadLetter> known(SourceFile file) {
        return register.find(file).filter(letter -> letter.state() != DeadLetter.State.REDRIVEN);
    }

    private FileEnd take(SourceFile file, String origin) {
        return switch (intake.take(file, Via.BATCH)) {
            case Taken.Committed(Receipt receipt) -> FileEnd.decided(file, Ending.COMMITTED, receipt.records());
            case Taken.AlreadyCommitted(Receipt receipt) ->
                FileEnd.decided(file, Ending.ALREADY_COMMITTED, receipt.records());
            case Taken.Superseded() -> FileEnd.superseded(file);
            case Taken.Poisoned(Reason reason, String detail) -> {
                office.giveUp(origin, file, new Grounds(reason, detail));
                yield FileEnd.givenUp(file, reason, detail);
            }
            case Taken.Postponed(String detail) -> FileEnd.failed(file, Ending.FAILED, detail);
        };
    }

    private FileEnd foresee(SourceFile file) {
        return switch (intake.foresee(file)) {
            case Foreseen.Decided(Receipt.Records records) -> FileEnd.decided(file, Ending.COMMITTED, records);
            case Foreseen.AlreadyCommitted(Receipt receipt) ->
                FileEnd.decided(file, Ending.ALREADY_COMMITTED, receipt.records());
            case Foreseen.Lost() -> FileEnd.superseded(file);
            case Foreseen.Poisoned(Reason reason, String detail) -> FileEnd.givenUp(file, reason, detail);
            case Foreseen.Postponed(String detail) -> FileEnd.failed(file, Ending.FAILED, detail);
        };
    }
}
