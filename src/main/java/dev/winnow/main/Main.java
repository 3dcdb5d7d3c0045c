package dev.winnow.main;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/// Where every start begins: without arguments the service, else what they ask for.
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run();
        } else {
            System.exit(commandLine().execute(arguments));
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Winnow())
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, line, arguments) -> {
                    line.getErr().println(Failure.message(failure));
                    return Failure.exit(failure).code();
                });
    }
}
