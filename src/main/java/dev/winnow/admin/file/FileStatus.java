package dev.winnow.admin.file;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/// How far a file has come.
public enum FileStatus {
    /// It has a receipt.
    COMMITTED("committed"),

    /// It was given up, and has an entry that says why.
    DEAD_LETTER("dead-letter"),

    /// It lies under the incoming prefix and has no receipt.
    WAITING("waiting");

    private final String code;

    FileStatus(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    static Optional<FileStatus> of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code.equals(code))
                .findFirst();
    }
}
