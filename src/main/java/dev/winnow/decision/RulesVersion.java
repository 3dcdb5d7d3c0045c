package dev.winnow.decision;

import dev.winnow.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
        RulesVersion version = new RulesVersion(Sha256.digest());
        version.add(List.of(dataset.name()));
        version.add(statements);
        version.add(dataset.columns());
        version.add(dataset.derivedColumns());
        new TreeMap<>(dataset.settings()).forEach((name, value) -> version.add(List.of(name, value)));
        return Sha256.hex(version.digest).substring(0, 12);
    }

    private void add(List<String> texts) {
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(END_OF_TEXT);
        }
        digest.update(END_OF_LIST);
    }
}
