package dev.winnow.redrive;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.winnow.deadletter.DeadLetter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which dead letters are meant: those for which all that is given holds.
///
/// @param reason    the code of the reason
/// @param dataset   the folder below the incoming prefix
/// @param keyPrefix what the file's key begins with
/// @param ids       ids of files or messages; any when empty
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"reason", "dataset", "keyPrefix", "ids"})
public record Filter(Optional<String> reason, Optional<String> dataset, Optional<String> keyPrefix, List<String> ids) {

    public Filter {
        ids = List.copyOf(ids);
    }

    /// Whether nothing is given, so that every dead letter is meant.
    @JsonIgnore
    public boolean isOpen() {
        return reason.isEmpty() && dataset.isEmpty() && keyPrefix.isEmpty() && ids.isEmpty();
    }

    /// Whether a dead letter is meant.
    public boolean matches(DeadLetter letter) {
        return holds(reason, letter.reason()::equals)
                && holds(dataset, it -> letter.dataset().filter(it::equals).isPresent())
                && holds(
                        keyPrefix,
                        it -> letter.key().filter(key -> key.startsWith(it)).isPresent())
                && (ids.isEmpty() || ids.contains(letter.id()));
    }

    private static boolean holds(Optional<String> given, Predicate<String> condition) {
        return given.isEmpty() || condition.test(given.get());
    }
}
