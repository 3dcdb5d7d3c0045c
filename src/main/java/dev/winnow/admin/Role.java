package dev.winnow.admin;

/// What a caller may do.
public enum Role {
    /// Sees everything and changes nothing.
    VIEWER(Role.SEES),

    /// Sees everything and may change it.
    OPERATOR(Role.CHANGES);

    /// A viewer, as a token or a call names it.
    static final String SEES = "viewer";

    /// An operator, as a token or a call names it. Who has this role alone sees everything too, so calls that change
    /// nothing name both.
    static final String CHANGES = "operator";

    private final String code;

    Role(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
