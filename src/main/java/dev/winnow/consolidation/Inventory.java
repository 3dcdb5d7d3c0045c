package dev.winnow.consolidation;

import dev.winnow.file.Sha256;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What an hour consists of by its files' current receipts, in the order of their ids.
final class Inventory {

    /// Changes with the form of what is made of the same pieces.
    private static final String FORM = "1\n";

    private final Map<Outcome, List<Piece>> pieces = new EnumMap<>(Outcome.class);
    private int files;

    Inventory() {
        for (Outcome outcome : Outcome.values()) {
            pieces.put(outcome, new ArrayList<>());
        }
    }

    /// Adds a file, whose id comes after those of all before.
    void add(Receipt current) {
        files++;
        for (Receipt.Output output : current.outputs()) {
            of(output.outcome()).add(Piece.of(current, output));
        }
    }

    /// How many committed files the hour has.
    int files() {
        return files;
    }

    /// The pieces of one outcome.
    List<Piece> of(Outcome outcome) {
        return pieces.getOrDefault(outcome, List.of());
    }

    /// What one outcome is made of, in a word: equal words mean equal bytes.
    String digest(Outcome outcome) {
        MessageDigest digest = Sha256.digest();
        digest.update(FORM.getBytes(StandardCharsets.US_ASCII));
        for (Piece piece : of(outcome)) {
            String line = piece.file() + " " + piece.generation() + " " + piece.sha256() + "\n";
            digest.update(line.getBytes(StandardCharsets.US_ASCII));
        }
        return Sha256.hex(digest);
    }
}
