package dev.winnow.pipeline;

import dev.winnow.file.Sha256;
import dev.winnow.object.StoredObject;
import dev.winnow.output.OutputTarget;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// What can stand at a key, with all that is ever asked of it.
///
/// @param attempt of the upload that it came from, empty where it came otherwise
/// @param receipt what it says, if it is a receipt
/// @param head    the reply to a look at it
/// @param read    the reply to reading it
/// @param opened  the reply to opening it
record Thing(
        String text,
        String attempt,
        String eTag,
        String sha256,
        Optional<Receipt> receipt,
        Reply head,
        Reply read,
        Reply opened) {

    /// The replies where there is nothing.
    static final Reply NOTHING = new Reply.Value(Optional.empty());

    /// What makes two things the same.
    record Key(String text, String attempt, String eTag) {}

    static Thing of(Key key) {
        byte[] bytes = key.text().getBytes(StandardCharsets.UTF_8);
        MessageDigest sha256 = Sha256.digest();
        sha256.update(bytes);
        Map<String, String> metadata = key.attempt().isEmpty() ? Map.of() : Map.of(OutputTarget.ATTEMPT, key.attempt());
        return new Thing(
                key.text(),
                key.attempt(),
                key.eTag(),
                Sha256.hex(sha256),
                key.text().startsWith("{\n  \"schema\"") ? Optional.of(ReceiptJson.read(bytes)) : Optional.empty(),
                new Reply.Value(Optional.of(new StoredObject(key.eTag(), bytes.length, CallingStore.NOON, metadata))),
                new Reply.Value(Optional.of(key.text())),
                new Reply.Value(key.text()));
    }

    /// The attempt by which it can be told, if any.
    String mark() {
        return receipt.map(Receipt::attemptId).orElse(attempt);
    }

    /// The ETag of an object that was put whole, and of a part.
    static String eTag(String text) {
        return md5(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The ETag of an object that an upload of this one part became.
    static String eTagOfUpload(String text) {
        return md5(HexFormat.of().parseHex(eTag(text))) + "-1";
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
