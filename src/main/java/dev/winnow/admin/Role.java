package dev.winnow.admin;

import java.util.Set;

/// What a caller may do.
public enum Role {
    /// Sees everything and changes nothing.
    VIEWER,

    /// Sees everything and may change it.
    OPERATOR;

    /// The role that calls which change nothing take, as a token or a call names it.
    static final String SEES = "viewer";

    /// The role that changing calls take.
    static final String CHANGES = "operator";

    /// The roles that calls ask for and this one has.
    Set<String> names() {
        return switch (this) {
            case VIEWER -> Set.of(SEES);
            case OPERATOR -> Set.of(SEES, CHANGES);
        };
    }
}
