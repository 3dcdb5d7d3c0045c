package dev.winnow.object;

/// Thrown where an object is not, or no longer, the content that was announced: it is gone or was overwritten.
public final class SourceLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceLostException(String key) {
        super("Cannot read " + key + ": it is gone or was overwritten");
    }
}
