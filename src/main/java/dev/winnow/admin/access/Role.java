package dev.winnow.admin.access;

/// What a caller may do.
public enum Role {
    /// Sees everything and changes nothing.
    VIEWER(Role.SEES),

    /// Sees everything and may change it.
    OPERATOR(Role.CHANGES);

    /// A viewer, as a token or a call names it.
    public static final String SEES = "viewer";

    /// An operator, as a token or a call names it. Who has this role alone sees everything too, so calls that change
    /// nothing name both.
    public static final String CHANGES = "operator";

    private final String code;

    Role(String code) {
        this.code = code;
    }

    /// As a token names it.
    public String code() {
        return code;
    }
}
