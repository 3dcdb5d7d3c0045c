package dev.winnow.receipt;

/// The receipt's JSON form.
public final class ReceiptJson {

    private ReceiptJson() {}

    /// The bytes that are stored.
    public static byte[] write(Receipt receipt) {
        return BucketJson.write(receipt);
    }

    /// The receipt that stored bytes hold.
    ///
    /// @throws IllegalStateException when they hold none: something other than Winnow wrote there
    public static Receipt read(byte[] bytes) {
        return BucketJson.read(bytes, Receipt.class);
    }
}
