package dev.winnow.batch;

/// The exit codes of the command line.
public enum Exit {
    /// Everything was decided, or was told before.
    DONE(0),
    /// A bug, which the log tells.
    UNEXPECTED(1),
    /// The command line, the settings or the permissions will not do; to run it again does not help.
    UNUSABLE(2),
    /// Files became dead letters. All is done; somebody has to look.
    DEAD_LETTERS(3),
    /// Something could not be done for now; to run it again helps. `EX_TEMPFAIL` of `sysexits.h`.
    TRY_AGAIN(75);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
