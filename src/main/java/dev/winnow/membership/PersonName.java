package dev.winnow.membership;

import java.util.Locale;
import java.util.Set;

/// A person's name, cut in two: the first word, and the rest.
///
/// @param first the first word; empty when there is only one
/// @param last  the other words, or the only one
record PersonName(String first, String last) {

    private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "miss", "dr");
    private static final Set<String> SUFFIXES = Set.of("jr", "sr", "ii", "iii", "iv", "md", "dds", "dvm", "phd");
    private static final int LONGEST = 4;

    /// Cuts a cleaned name.
    static PersonName of(String cleaned) {
        int space = cleaned.indexOf(' ');
        return space < 0
                ? new PersonName("", cleaned)
                : new PersonName(cleaned.substring(0, space), cleaned.substring(space + 1));
    }

    /// The words of the name, without titles before it and suffixes after it, however many, in any case, and with or
    /// without their dots and commas. Elsewhere such a word is a name: Md Rahman keeps his, `Dr. Jr.` is empty.
    static String cleaned(String text) {
        String name = Spaces.collapsed(text);
        int from = 0;
        int to = name.length();
        while (from < to) {
            int end = name.indexOf(' ', from);
            end = end < 0 ? to : end;
            if (!isOneOf(TITLES, name, from, end)) {
                break;
            }
            from = Math.min(end + 1, to);
        }
        while (from < to) {
            int start = Math.max(name.lastIndexOf(' ', to - 1) + 1, from);
            if (!isOneOf(SUFFIXES, name, start, to)) {
                break;
            }
            to = Math.max(start - 1, from);
            while (to > from && name.charAt(to - 1) == ',') {
                to--;
            }
        }
        return name.substring(from, to);
    }

    private static boolean isOneOf(Set<String> words, String name, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            if (name.charAt(i) != '.' && name.charAt(i) != ',' && ++letters > LONGEST) {
                // Most words are longer, and no set has to be asked about them.
                return false;
            }
        }
        String word = name.substring(from, to).replace(".", "").replace(",", "");
        return words.contains(word.toLowerCase(Locale.ROOT));
    }
}
