package dev.winnow.output;

import dev.winnow.receipt.Outcome;
import dev.winnow.record.Header;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Where one attempt's outputs go and which columns they have.
///
/// @param header   the file's own columns
/// @param required the columns that the dataset reads
/// @param derived  the columns that the dataset writes
/// @param keys     each outcome's key
/// @param metadata user metadata of the objects, by which their attempt can be told
public record OutputTarget(
        Header header,
        List<String> required,
        List<String> derived,
        Function<Outcome, String> keys,
        Map<String, String> metadata) {

    /// The user metadata by which a published output's attempt can be told.
    public static final String ATTEMPT = "winnow-attempt";

    String key(Outcome outcome) {
        return keys.apply(outcome);
    }
}
