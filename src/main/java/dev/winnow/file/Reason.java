package dev.winnow.file;

import java.util.Arrays;
import java.util.Optional;

/// Why a file or a message cannot be taken in.
///
/// The code is the same word in the dead letter, the metric tag, the log and the runbook's headings.
public enum Reason {
    /// The message's body is not a notification that Winnow knows.
    EVENT_UNREADABLE("event.unreadable"),
    /// The message asks for something that this service does not do.
    COMMAND_UNKNOWN("command.unknown"),
    /// The key lies under no dataset's prefix.
    DATASET_UNKNOWN("dataset.unknown"),
    /// The object was gone before it could be read, and nothing says that it was ever decided.
    SOURCE_MISSING("source.missing"),
    /// The file was to be decided again, and no receipt says that it ever was decided.
    RECEIPT_MISSING("receipt.missing"),
    /// The object, or what it inflates to, holds no bytes.
    FILE_EMPTY("file.empty"),
    /// The object is packed in a way that Winnow does not unpack.
    COMPRESSION_UNSUPPORTED("compression.unsupported"),
    /// The gzip or zstd data is damaged or ends early.
    COMPRESSION_CORRUPT("compression.corrupt"),
    /// The inflated data passes the limit on size or ratio.
    COMPRESSION_LIMIT("compression.limit"),
    /// The bytes are not UTF-8.
    CHARSET_UNSUPPORTED("charset.unsupported"),
    /// The bytes are not CSV: RFC 4180's quoting is broken, or a field has no end.
    CSV_MALFORMED("csv.malformed"),
    /// A required column is missing from the header.
    HEADER_MISSING("header.missing"),
    /// A column stands twice in the header.
    HEADER_DUPLICATE("header.duplicate"),
    /// An outcome would need more parts than one multipart upload may have.
    OUTPUT_LIMIT("output.limit"),
    /// Every delivery that the queue allows has failed.
    EXHAUSTED("exhausted"),
    /// Every delivery ended without an answer: the service died or failed with the message in hand, and SQS itself
    /// moved it.
    ABANDONED("abandoned");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /// The reason of that code, if it is one.
    public static Optional<Reason> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }

    /// The stable word for this reason, such as `header.missing`.
    public String code() {
        return code;
    }
}
