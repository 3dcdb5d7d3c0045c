package dev.winnow.record;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;

/// Limits as a test wants them.
record Limits(int longestRecord, int mostFields, MemorySize largestInflated, int highestRatio) implements ReadLimits {

    static final Limits DEFAULT = new Limits(1024 * 1024, 1000, bytes(64L << 30), 250);

    Limits longestRecord(int characters) {
        return new Limits(characters, mostFields, largestInflated, highestRatio);
    }

    Limits mostFields(int fields) {
        return new Limits(longestRecord, fields, largestInflated, highestRatio);
    }

    Limits largestInflated(long bytes) {
        return new Limits(longestRecord, mostFields, bytes(bytes), highestRatio);
    }

    Limits highestRatio(int ratio) {
        return new Limits(longestRecord, mostFields, largestInflated, ratio);
    }

    private static MemorySize bytes(long bytes) {
        return new MemorySize(BigInteger.valueOf(bytes));
    }
}
