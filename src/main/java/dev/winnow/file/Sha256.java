package dev.winnow.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, FIPS 180-4, in the form that receipts use.
public final class Sha256 {

    /// Never fed, and copied for each use: to look the algorithm up takes longer than to hash a short text.
    private static final MessageDigest FRESH = lookedUp();

    private Sha256() {}

    /// A new digest.
    public static MessageDigest digest() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException _) {
            return lookedUp();
        }
    }

    /// The digest of what went in, hexadecimal; the digest starts anew.
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest lookedUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
        }
    }
}
