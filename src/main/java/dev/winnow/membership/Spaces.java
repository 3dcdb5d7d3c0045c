package dev.winnow.membership;

/// What the cleaning does to spaces: any character that Unicode or Java calls a space, the no-break ones of
/// spreadsheets included.
final class Spaces {

    private Spaces() {}

    /// The text without spaces at either end.
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /// The text without any space.
    static String removed(String text) {
        return joined(text, "");
    }

    /// The text without spaces at either end, and one ordinary space for each run of them inside.
    static String collapsed(String text) {
        return joined(text, " ");
    }

    private static String joined(String text, String separator) {
        int length = text.length();
        StringBuilder joined = new StringBuilder(length);
        int at = 0;
        while (at < length) {
            int from = at;
            while (at < length && !isSpace(text.charAt(at))) {
                at++;
            }
            if (at > from) {
                joined.append(joined.isEmpty() ? "" : separator).append(text, from, at);
            }
            while (at < length && isSpace(text.charAt(at))) {
                at++;
            }
        }
        return joined.toString();
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || (c > '~' && (Character.isSpaceChar(c) || Character.isWhitespace(c)));
    }
}
