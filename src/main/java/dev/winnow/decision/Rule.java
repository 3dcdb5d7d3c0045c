package dev.winnow.decision;

/// One constraint on one component: where it stands among the rules, and how a breach of it is reported.
///
/// @param rank        its place in the rules' order, from 0
/// @param field       the component it stands on, in column spelling; empty when it stands on the record as a whole
/// @param defaultCode the code of a message that states none
record Rule(int rank, String field, String defaultCode) {

    private static final String CODE_END = ": ";

    /// Splits `code: reason`, the form of a message that states its own code.
    Violation brokenWith(String message) {
        int end = message.indexOf(CODE_END);
        return isCode(message, end)
                ? new Violation(field, message.substring(0, end), message.substring(end + CODE_END.length()))
                : new Violation(field, defaultCode, message);
    }

    /// Whether the text before `end` is a code: lower-case words joined by at least one dot.
    private static boolean isCode(String message, int end) {
        boolean dotted = false;
        for (int i = 0; i < end; i++) {
            char c = message.charAt(i);
            if (c == '.') {
                dotted = true;
            } else if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return dotted;
    }
}
