package dev.winnow.telemetry;

import org.jspecify.annotations.Nullable;

/// A fault as the log may have it: which errors, where they came from and what caused them, without their own words.
///
/// The message of an exception that nobody foresaw may quote whatever was in hand, a person's data included, as
/// `NumberFormatException: For input string: "…"` does.
public final class Bug extends Throwable {

    private static final long serialVersionUID = 1L;

    /// Causes go round in circles at times.
    private static final int DEEPEST = 10;

    private Bug(Throwable fault, int depth) {
        super(fault.getClass().getName(), cause(fault, depth), false, true);
        setStackTrace(fault.getStackTrace());
    }

    /// The fault without its words.
    public static Bug of(Throwable fault) {
        return new Bug(fault, 0);
    }

    private static @Nullable Bug cause(Throwable fault, int depth) {
        Throwable cause = fault.getCause();
        return cause == null || depth == DEEPEST ? null : new Bug(cause, depth + 1);
    }
}
