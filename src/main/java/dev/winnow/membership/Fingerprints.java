package dev.winnow.membership;

import dev.winnow.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;

/// The first 5 hexadecimal digits of SHA-256 over a birthday, as it stands in a membership id.
///
/// There are far fewer birthdays than applicants, and hashing one takes as long as all checks of a row. Each of two
/// centuries is hashed once; any number of threads may ask.
final class Fingerprints {

    private static final int DIGITS = 5;
    private static final long FIRST_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final int DAYS = Math.toIntExact(LocalDate.of(2100, 1, 1).toEpochDay() - FIRST_DAY);

    /// What is known of each day, plus one; 0 is not known yet. Threads that write at once write the same.
    private final int[] known = new int[DAYS];

    /// @param text the birthday as it is hashed
    String of(LocalDate birthday, String text) {
        long day = birthday.toEpochDay() - FIRST_DAY;
        if (day < 0 || day >= DAYS) {
            return digits(hashed(text));
        }
        int place = (int) day;
        int found = known[place] - 1;
        if (found < 0) {
            found = hashed(text);
            known[place] = found + 1;
        }
        return digits(found);
    }

    private static String digits(int fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint, DIGITS);
    }

    private static int hashed(String text) {
        byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.US_ASCII));
        return ((hash[0] & 0xff) << 16 | (hash[1] & 0xff) << 8 | (hash[2] & 0xff)) >> 4;
    }
}
