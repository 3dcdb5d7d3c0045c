package dev.winnow.receipt;

import com.fasterxml.jackson.annotation.JsonValue;

/// Where a decided record goes.
public enum Outcome {
    /// Accepted records with their derived columns.
    SUCCESSFUL("successful"),
    /// Rejected rows as they came, with line, codes and reasons.
    UNSUCCESSFUL("unsuccessful");

    private final String code;

    Outcome(String code) {
        this.code = code;
    }

    /// The word that stands in receipts, metrics and, by default, keys.
    @JsonValue
    public String code() {
        return code;
    }
}
