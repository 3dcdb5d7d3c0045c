package dev.winnow.main;

import dev.winnow.batch.BatchOrder;
import dev.winnow.batch.Exit;
import dev.winnow.batch.Since;
import io.quarkus.runtime.Quarkus;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Starts what a batch needs of the service, and hands it the order.
@Command(
        name = "batch",
        description = {
            "Decides the files that lie under a prefix, as the service does it, and ends.",
            "It may run beside the service, and beside other batches: every file is decided once."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every file was decided",
            "1:unexpected: see the log",
            "2:the command line, the settings or the permissions will not do",
            "3:all is done, and files became dead letters: somebody has to look",
            "75:some files could not be decided for now: run it again"
        })
final class BatchCommand implements Callable<Integer> {

    private static final int MOST_AT_ONCE = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--prefix",
            required = true,
            paramLabel = "PREFIX",
            description = "What the files' keys begin with, such as incoming/membership/.")
    private String prefix = "";

    @Option(
            names = "--since",
            paramLabel = "INSTANT|DURATION",
            converter = SinceConverter.class,
            description = "Leaves older files alone: 2026-11-24T08:00:00Z, or 90M, 2H, 1D before now.")
    private Since since = new Since.At(Instant.MIN);

    @Option(
            names = "--retry-dead-letters",
            description = "Also tries files that have a dead letter; else they are skipped.")
    private boolean retryDeadLetters;

    @Option(names = "--dry-run", description = "Decides and counts, and writes nothing.")
    private boolean dryRun;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "How many files are in work at once. Default: winnow.concurrency.")
    private int concurrency;

    /// The order that the arguments behind `batch` mean.
    ///
    /// @param concurrency where they do not say it
    static BatchOrder order(String[] arguments, int concurrency) {
        BatchCommand command = CommandLine.populateCommand(new BatchCommand(), arguments);
        return new BatchOrder(
                command.prefix,
                command.since,
                command.retryDeadLetters,
                command.dryRun,
                command.concurrency == 0 ? concurrency : command.concurrency);
    }

    /// Tells why a start has failed, which Quarkus leaves to whoever asks for the exit code.
    private int told(Throwable failure) {
        spec.commandLine().getErr().println(Failure.message(failure));
        return Failure.exit(failure).code();
    }

    @Override
    public Integer call() {
        boolean given = spec.commandLine().getParseResult().hasMatchedOption("--concurrency");
        if (given && (concurrency < 1 || concurrency > MOST_AT_ONCE)) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--concurrency': it is from 1 to " + MOST_AT_ONCE);
        }
        BatchMode.settings(Terminal.isThere()).forEach(System::setProperty);
        List<String> line = spec.root().commandLine().getParseResult().originalArgs();
        AtomicInteger exit = new AtomicInteger(Exit.UNEXPECTED.code());
        Quarkus.run(
                BatchApplication.class,
                (code, failure) -> exit.set(failure == null ? code : told(failure)),
                line.subList(1, line.size()).toArray(String[]::new));
        return exit.get();
    }
}
