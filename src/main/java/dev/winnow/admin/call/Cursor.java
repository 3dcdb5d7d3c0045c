package dev.winnow.admin.call;

import dev.winnow.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/// Where a listing goes on: the last key of the page before, in a form that says nothing to its bearer.
///
/// It holds only for the listing that it came from, and is no secret: its check is against mistakes.
public final class Cursor {

    public static final String FORM = "[A-Za-z0-9_-]{1,2048}";

    private static final int CHECK = 6;

    private Cursor() {}

    /// The cursor to go on behind a key.
    ///
    /// @param key under the prefix
    public static String of(String listing, String prefix, String key) {
        byte[] rest = key.substring(prefix.length()).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(check(listing, rest), CHECK + rest.length);
        System.arraycopy(rest, 0, bytes, CHECK, rest.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The key to go on behind; the empty cursor is the listing's beginning.
    ///
    /// @throws ProblemException when the cursor is not one of this listing
    public static String key(String listing, String prefix, String cursor) {
        if (cursor.isEmpty()) {
            return "";
        }
        try {
            byte[] bytes = cursor.matches(FORM) ? Base64.getUrlDecoder().decode(cursor) : new byte[0];
            if (bytes.length > CHECK) {
                byte[] rest = Arrays.copyOfRange(bytes, CHECK, bytes.length);
                if (Arrays.equals(check(listing, rest), Arrays.copyOf(bytes, CHECK))) {
                    return prefix + new String(rest, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
        throw refusal();
    }

    private static ProblemException refusal() {
        return ProblemException.invalid("cursor", "must be the 'next' of a page of the same listing");
    }

    private static byte[] check(String listing, byte[] rest) {
        MessageDigest digest = Sha256.digest();
        digest.update((listing + '\n').getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest.digest(rest), CHECK);
    }
}
