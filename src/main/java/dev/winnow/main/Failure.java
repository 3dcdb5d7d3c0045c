package dev.winnow.main;

import dev.winnow.batch.Exit;
import dev.winnow.object.OutOfReachException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;

/// What a failure means to whoever has asked.
final class Failure {

    private Failure() {}

    static Exit exit(Throwable failure) {
        return switch (ExceptionUtil.getRootCause(failure)) {
            case OutOfReachException _ -> Exit.TRY_AGAIN;
            case ConfigurationException _, ConfigValidationException _ -> Exit.UNUSABLE;
            case null, default -> Exit.UNEXPECTED;
        };
    }

    /// A line for what others can mend, a trace for a bug.
    static String message(Throwable failure) {
        return exit(failure) == Exit.UNEXPECTED
                ? ExceptionUtil.generateStackTrace(failure)
                : String.valueOf(ExceptionUtil.getRootCause(failure).getMessage());
    }
}
