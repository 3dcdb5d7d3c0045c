package dev.winnow.main;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// What the command line knows.
@Command(
        name = "winnow",
        description = "Takes in files. Without a command: the service, until it is told to stop.",
        synopsisSubcommandLabel = "[COMMAND]",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
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

    /// The version, which the build writes into a resource beside this class.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            try (InputStream version = Objects.requireNonNull(Winnow.class.getResourceAsStream("version.txt"))) {
                return new String[] {"winnow " + new String(version.readAllBytes(), StandardCharsets.UTF_8).strip()};
            }
        }
    }
}
