package dev.winnow.main;

import dev.winnow.notification.Command;
import dev.winnow.notification.CommandForm;
import dev.winnow.sqs.CommandSender;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Asks the service for what is done by the hour, and does not wait for it.
@CommandLine.Command(name = "send", description = "Puts a command on the queue, where one of the replicas takes it up.")
final class SendCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: one of sweep, consolidate, reconcile");
    }

    @CommandLine.Command(description = "Find what lies in the incoming prefix unheard of.")
    void sweep() {
        send(new Command.Sweep());
    }

    @CommandLine.Command(description = "Put the outputs of hours together.")
    void consolidate(
            @Option(
                            names = "--hour",
                            paramLabel = "HOUR",
                            converter = Hour.class,
                            description = "Which hour, UTC, as 2026-11-24T08. Default: every one that is due.")
                    Optional<Instant> hour) {
        send(new Command.Consolidate(Optional.empty(), hour));
    }

    @CommandLine.Command(description = "Bring the dead-letter queue in line with the dead letters' entries.")
    void reconcile() {
        send(new Command.Reconcile());
    }

    private void send(Command command) {
        String url = CommandSender.send(command);
        spec.commandLine().getOut().println("sent " + CommandForm.write(command) + " to " + url);
    }

    /// An hour as commands write it.
    static final class Hour implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return CommandForm.hour(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is no hour such as 2026-11-24T08"));
        }
    }
}
