package dev.winnow.admin.deadletter;

import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Note;
import dev.winnow.admin.call.Parameters;
import dev.winnow.redrive.Filter;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Which dead letters nobody is to hear of any more: those for which all that is given holds.
@Schema(
        description = "Which dead letters are discarded: those for which all that is given holds.",
        additionalProperties = Schema.False.class)
record DiscardRequest(
        @Schema(examples = "csv.malformed") Optional<String> reason,

        @Schema(minLength = 1, maxLength = DeadLettersResource.LONGEST_KEY, examples = "membership")
        Optional<String> dataset,

        @Schema(minLength = 1, maxLength = DeadLettersResource.LONGEST_KEY, examples = "incoming/membership/2026/")
        Optional<String> keyPrefix,

        @Schema(minItems = 1, maxItems = FilterForm.MOST_IDS, description = "of files or messages")
        Optional<List<String>> ids,

        @Schema(description = "tell what would be discarded, and discard nothing")
        Optional<Boolean> dryRun,

        @Schema(
                pattern = "^" + FilterForm.TOKEN + "$",
                description = "of the dry run that was looked at: refused where anything else would be discarded")
        Optional<String> token,

        @Schema(maxLength = Note.LONGEST, description = "in the caller's own words; no person's data")
        Optional<String> note) {

    Filter filter() {
        return new Filter(reason, dataset, keyPrefix, ids.orElse(List.of()));
    }

    /// @throws dev.winnow.admin.call.ProblemException when it cannot be carried out
    void check() {
        Parameters given = new Parameters();
        FilterForm.check(given, reason, dataset, keyPrefix, ids);
        FilterForm.checkToken(given, token);
        given.check();
        if (filter().isOpen()) {
            given.refuse("reason", "must be given where no dataset, keyPrefix or ids are");
        }
        given.check();
        Body.note(note);
    }
}
