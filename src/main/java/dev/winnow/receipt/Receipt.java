package dev.winnow.receipt;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The one object that closes a file: its presence is the commit, and its sums account for every record.
///
/// The JSON Schema is `dev/winnow/receipt/receipt.schema.json`. No field carries a person's data.
///
/// @param schema       the version of this form, 1
/// @param generation   1 for the first decision; each later one replaces the one before
/// @param versionId    the version that was read, in a versioned bucket
/// @param size         the source's length in bytes, as stored
/// @param sourceSha256 SHA-256 of the source's bytes as stored, hexadecimal
/// @param compression  `none`, `gzip` or `zstd`
/// @param rulesVersion which rules decided: equal versions decide alike
/// @param attemptId    the attempt that won the commit
/// @param violations   how often each code was given; one record may break several rules
/// @param outputs      what was written; an outcome with no records has no entry
/// @param backup       the key of the source's copy
/// @param lastModified the source's, UTC; the `date` and `hour` of every key come from it
/// @param replaces     the key of the receipt of the generation before
@JsonPropertyOrder({
    "schema",
    "fileId",
    "generation",
    "dataset",
    "bucket",
    "key",
    "versionId",
    "eTag",
    "size",
    "sourceSha256",
    "compression",
    "rulesVersion",
    "winnowVersion",
    "attemptId",
    "records",
    "violations",
    "outputs",
    "backup",
    "lastModified",
    "startedAt",
    "committedAt",
    "via",
    "replaces"
})
public record Receipt(
        int schema,
        FileId fileId,
        int generation,
        String dataset,
        String bucket,
        String key,
        Optional<String> versionId,
        String eTag,
        long size,
        String sourceSha256,
        String compression,
        String rulesVersion,
        String winnowVersion,
        String attemptId,
        Records records,
        SortedMap<String, Long> violations,
        List<Output> outputs,
        String backup,
        Instant lastModified,
        Instant startedAt,
        Instant committedAt,
        Via via,
        Optional<String> replaces) {

    /// The form that this version of Winnow writes.
    public static final int SCHEMA = 1;

    public Receipt {
        outputs = List.copyOf(outputs);
        for (Outcome outcome : Outcome.values()) {
            long written = outputs.stream()
                    .filter(output -> output.outcome() == outcome)
                    .mapToLong(Output::records)
                    .sum();
            if (written != records.in(outcome)) {
                throw new IllegalArgumentException("Cannot make a receipt: " + records.in(outcome) + " "
                        + outcome.code() + " records were decided and " + written + " written");
            }
        }
    }

    /// The file that it closes.
    public SourceFile source() {
        return new SourceFile(bucket, key, versionId, eTag, size);
    }

    /// The same receipt with the time at which it is written.
    public Receipt committedAt(Instant instant) {
        return new Receipt(
                schema,
                fileId,
                generation,
                dataset,
                bucket,
                key,
                versionId,
                eTag,
                size,
                sourceSha256,
                compression,
                rulesVersion,
                winnowVersion,
                attemptId,
                records,
                violations,
                outputs,
                backup,
                lastModified,
                startedAt,
                instant,
                via,
                replaces);
    }

    /// How many records there were and what became of them.
    ///
    /// @param unreadable records past the limits on length or fields, noted among the unsuccessful by line only
    @JsonPropertyOrder({"read", "accepted", "rejected", "unreadable"})
    public record Records(long read, long accepted, long rejected, long unreadable) {

        /// No records at all.
        public static final Records NONE = new Records(0, 0, 0, 0);

        public Records {
            if (read != accepted + rejected + unreadable) {
                throw new IllegalArgumentException("Cannot account for every record: " + read + " read, " + accepted
                        + " accepted, " + rejected + " rejected, " + unreadable + " unreadable");
            }
        }

        /// These records and others.
        public Records plus(Records others) {
            return new Records(
                    read + others.read,
                    accepted + others.accepted,
                    rejected + others.rejected,
                    unreadable + others.unreadable);
        }

        /// How many records an outcome's output holds.
        public long in(Outcome outcome) {
            return switch (outcome) {
                case SUCCESSFUL -> accepted;
                case UNSUCCESSFUL -> rejected + unreadable;
            };
        }
    }

    /// One output object, which whoever reads this receipt may publish.
    ///
    /// @param uploadId the multipart upload that becomes the object
    /// @param parts    the ETag of each part, in order, part 1 first
    /// @param records  rows, the header not counted
    /// @param sha256   SHA-256 of the whole object, hexadecimal
    @JsonPropertyOrder({"outcome", "key", "uploadId", "parts", "records", "size", "sha256"})
    public record Output(
            Outcome outcome, String key, String uploadId, List<String> parts, long records, long size, String sha256) {

        public Output {
            parts = List.copyOf(parts);
        }
    }
}
