package dev.winnow.pipeline;

import java.util.List;
import java.util.Optional;

/// One call of a worker to its store, as far as the protocol makes any. Bodies are text.
sealed interface Call {

    record Head(String key) implements Call {}

    record Read(String key) implements Call {}

    record Open(String key, Optional<String> ifMatch) implements Call {}

    record Create(String key, String text) implements Call {}

    record Put(String key, String text) implements Call {}

    record Copy(String key, Optional<String> ifMatch, String toKey) implements Call {}

    record Start(String key, String attempt) implements Call {}

    record Part(String key, String uploadId, String text) implements Call {}

    record Complete(String key, String uploadId, List<String> parts) implements Call {}

    record Abort(String key, String uploadId) implements Call {}

    record Remove(String key, Optional<String> ifMatch) implements Call {}

    /// Whether the call changes the store, so that it matters whether its reply or the call itself is lost.
    default boolean writes() {
        return switch (this) {
            case Head _, Read _, Open _ -> false;
            case Create _, Put _, Copy _, Start _, Part _, Complete _, Abort _, Remove _ -> true;
        };
    }

    /// What a trace says of it.
    default String label() {
        return switch (this) {
            case Head(String key) -> "looks at " + key;
            case Read(String key) -> "reads " + key;
            case Open(String key, var ifMatch) -> "opens " + key + condition(ifMatch);
            case Create(String key, String _) -> "creates " + key;
            case Put(String key, String _) -> "writes " + key;
            case Copy(String key, var ifMatch, String to) -> "copies " + key + " to " + to + condition(ifMatch);
            case Start(String key, String _) -> "starts an upload of " + key;
            case Part(String _, String upload, String _) -> "uploads a part of " + upload;
            case Complete(String _, String upload, List<String> _) -> "completes " + upload;
            case Abort(String _, String upload) -> "aborts " + upload;
            case Remove(String key, var ifMatch) -> "removes " + key + condition(ifMatch);
        };
    }

    private static String condition(Optional<String> ifMatch) {
        return ifMatch.isPresent() ? " if it matches" : "";
    }
}
