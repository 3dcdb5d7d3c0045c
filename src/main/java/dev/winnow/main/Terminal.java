package dev.winnow.main;

import java.io.Console;
import java.util.Optional;

/// The terminal at which the command was given, if it was.
final class Terminal {

    private static final int COLUMNS = 80;

    private Terminal() {}

    static boolean isThere() {
        // What it gives where there is no terminal differs from one JDK to the next.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// How many columns it has, as far as the shell says so.
    static int width() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : COLUMNS;
    }
}
