package dev.winnow.main;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
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

    /// The version that the package has.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {"winnow " + version().orElse("(not packaged)")};
        }

        /// What `quarkus-run.jar` says in its manifest.
        private static Optional<String> version() throws IOException {
            for (URL manifest : Collections.list(ClassLoader.getSystemResources(JarFile.MANIFEST_NAME))) {
                try (InputStream content = manifest.openStream()) {
                    Attributes attributes = new Manifest(content).getMainAttributes();
                    if ("winnow".equals(attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE))) {
                        return Optional.ofNullable(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
                    }
                }
            }
            return Optional.empty();
        }
    }
}
