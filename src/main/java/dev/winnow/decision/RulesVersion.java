package dev.winnow.decision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// The digest that names a dataset's rules.
final class RulesVersion {

    // Neither byte occurs in UTF-8, so no two rule sets give the same bytes.
    private static final byte END_OF_TEXT = (byte) 0xFF;
    private static final byte END_OF_LIST = (byte) 0xFE;

    private final MessageDigest digest;

    private RulesVersion(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(Dataset<?> dataset, List<String> statements) {
        RulesVersion version = new RulesVersion(sha256());
        version.add(List.of(dataset.name()));
        version.add(statements);
        version.add(dataset.columns());
        version.add(dataset.derivedColumns());
        new TreeMap<>(dataset.settings()).forEach((name, value) -> version.add(List.of(name, value)));
        return HexFormat.of().formatHex(version.digest.digest(), 0, 6);
    }

    private void add(List<String> texts) {
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(END_OF_TEXT);
        }
        digest.update(END_OF_LIST);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
        }
    }
}
