package dev.winnow.main;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the command line knows.
@Command(
        name = "winnow",
        description = "Takes in files. Without a command: the service, until it is told to stop.",
        synopsisSubcommandLabel = "[COMMAND]",
        mixinStandardHelpOptions = true,
        versionProvider = Winnow.Version.class,
        subcommands = {BatchCommand.class, SendCommand.class},
        footer = {"", "Settings come from the environment: see docs/operations.md."})
final class Winnow implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /// The version that the package has.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"winnow " + Optional.ofNullable(version).orElse("(not packaged)")};
        }
    }
}
