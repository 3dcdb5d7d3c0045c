package dev.winnow.batch;

import java.io.PrintStream;

/// Who is told how a batch goes.
public sealed interface Audience {

    /// Somebody at a terminal, who sees a progress bar.
    ///
    /// @param width how many columns it has
    record Person(PrintStream terminal, int width) implements Audience {}

    /// Another program, which reads a line of JSON for each file, and one at the end.
    record Program(PrintStream out) implements Audience {}
}
