package dev.winnow.receipt;

import com.fasterxml.jackson.annotation.JsonValue;

/// What made Winnow take up a file.
public enum Via {
    EVENT("event"),
    SWEEP("sweep"),
    REDRIVE("redrive"),
    BATCH("batch"),
    REPROCESS("reprocess");

    private final String code;

    Via(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
