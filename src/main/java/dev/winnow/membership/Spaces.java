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
        if (isJoined(text, separator)) {
            return text;
        }
        StringBuilder joined = new StringBuilder(text.length());
        int length = text.length();
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

    /// Whether there is nothing to do, which is so for nearly every value.
    private static boolean isJoined(String text, String separator) {
        boolean afterSpace = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = isSpace(c);
            if (space && (afterSpace || c != ' ' || separator.isEmpty())) {
                return false;
            }
            afterSpace = space;
        }
        return !afterSpace || text.isEmpty();
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || (c > '~' && (Character.isSpaceChar(c) || Character.isWhitespace(c)));
    }
}
