package dev.winnow.receipt;

import dev.winnow.file.FileId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Receipts that tests begin with.
final class Receipts {

    private static final String KEY = "incoming/membership/März.csv";

    static final Receipt.Output SUCCESSFUL = new Receipt.Output(
            Outcome.SUCCESSFUL,
            "successful/membership/date=2026-11-22/hour=09/0123456789abcdef01234567.csv",
            "upload-1",
            List.of("9e107d9d372bb6826bd81d3542a419d6", "e4d909c290d0fb1ca068ffaddf22cbd0"),
            2,
            61,
            "1".repeat(64));
    static final Receipt.Output UNSUCCESSFUL = new Receipt.Output(
            Outcome.UNSUCCESSFUL,
            "unsuccessful/membership/date=2026-11-22/hour=09/0123456789abcdef01234567.csv",
            "upload-2",
            List.of("e4d909c290d0fb1ca068ffaddf22cbd0"),
            2,
            99,
            "2".repeat(64));

    private Receipts() {}

    /// The first generation of an unversioned file.
    static Receipt first() {
        return of(
                KEY,
                1,
                Optional.empty(),
                new Receipt.Records(4, 2, 1, 1),
                new TreeMap<>(Map.of("record.too-long", 1L, "age.under", 1L)),
                List.of(SUCCESSFUL, UNSUCCESSFUL),
                Optional.empty());
    }

    /// The second generation of a versioned file, in which every record is accepted.
    static Receipt second() {
        return of(
                KEY,
                2,
                Optional.of("3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"),
                new Receipt.Records(2, 2, 0, 0),
                new TreeMap<>(),
                List.of(SUCCESSFUL),
                Optional.of("receipts/membership/0123456789abcdef01234567.json"));
    }

    static Receipt of(Receipt.Records records, List<Receipt.Output> outputs) {
        return of(KEY, 1, Optional.empty(), records, new TreeMap<>(), outputs, Optional.empty());
    }

    /// The first generation of an empty file at a key.
    static Receipt ofKey(String key) {
        Receipt.Records none = new Receipt.Records(0, 0, 0, 0);
        return of(key, 1, Optional.empty(), none, new TreeMap<>(), List.of(), Optional.empty());
    }

    private static Receipt of(
            String key,
            int generation,
            Optional<String> versionId,
            Receipt.Records records,
            SortedMap<String, Long> violations,
            List<Receipt.Output> outputs,
            Optional<String> replaces) {
        return new Receipt(
                Receipt.SCHEMA,
                new FileId("0123456789abcdef01234567"),
                generation,
                "membership",
                "intake",
                key,
                versionId,
                "9e107d9d372bb6826bd81d3542a419d6",
                43,
                "0".repeat(64),
                "none",
                "0a1b2c3d4e5f",
                "0.1.0",
                "6e1f7d0a-3c55-4a5e-9d43-2f1f3f0f8f11",
                records,
                violations,
                outputs,
                "backup/membership/date=2026-11-22/hour=09/0123456789abcdef01234567/März.csv",
                Instant.parse("2026-11-22T09:30:00Z"),
                Instant.parse("2026-11-22T09:30:01.5Z"),
                Instant.parse("2026-11-22T09:30:02.123456789Z"),
                Via.EVENT,
                replaces);
    }
}
