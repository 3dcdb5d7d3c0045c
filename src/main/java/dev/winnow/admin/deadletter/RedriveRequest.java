package dev.winnow.admin.deadletter;

import dev.winnow.admin.call.Body;
import dev.winnow.admin.call.Note;
import dev.winnow.admin.call.Parameters;
import dev.winnow.redrive.Filter;
import dev.winnow.redrive.Selector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Which dead letters are to be sent back: those for which all that is given holds.
@Schema(
        description = "Which dead letters are to be sent back: those for which all that is given holds, or everything.",
        additionalProperties = Schema.False.class)
record RedriveRequest(
        @Schema(examples = "header.missing") Optional<String> reason,

        @Schema(minLength = 1, maxLength = DeadLettersResource.LONGEST_KEY, examples = "membership")
        Optional<String> dataset,

        @Schema(minLength = 1, maxLength = DeadLettersResource.LONGEST_KEY, examples = "incoming/membership/2026/")
        Optional<String> keyPrefix,

        @Schema(minItems = 1, maxItems = FilterForm.MOST_IDS, description = "of files or messages")
        Optional<List<String>> ids,

        @Schema(minimum = "1", maximum = "" + Selector.MOST, description = "at most so many, the oldest first")
        Optional<Integer> max,

        @Schema(description = "have SQS move the whole dead-letter queue back; goes with nothing else but a note")
        Optional<Boolean> everything,

        @Schema(description = "send also those that have come back too often, and let all begin anew")
        Optional<Boolean> resetBudget,

        @Schema(description = "tell what would be sent, and send nothing")
        Optional<Boolean> dryRun,

        @Schema(
                pattern = "^" + FilterForm.TOKEN + "$",
                description =
                        "of the dry run that was looked at: the redrive is refused where it would send anything else")
        Optional<String> token,

        @Schema(maxLength = Note.LONGEST, description = "in the caller's own words; no person's data")
        Optional<String> note) {

    Filter filter() {
        return new Filter(reason, dataset, keyPrefix, ids.orElse(List.of()));
    }

    boolean isEverything() {
        return everything.orElse(false);
    }

    /// @throws ProblemException when it cannot be carried out
    void check() {
        Parameters given = new Parameters();
        FilterForm.check(given, reason, dataset, keyPrefix, ids);
        max.filter(it -> it < 1 || it > Selector.MOST)
                .ifPresent(it -> given.refuse("max", "must be from 1 to " + Selector.MOST));
        FilterForm.checkToken(given, token);
        given.check();
        boolean more = !filter().isOpen() || max.isPresent() || resetBudget.orElse(false) || token.isPresent();
        if (isEverything() && more) {
            given.refuse("everything", "must come with nothing else but a note: SQS moves the whole queue");
        }
        if (!isEverything() && filter().isOpen()) {
            given.refuse("everything", "must be true where no reason, dataset, keyPrefix or ids are given");
        }
        given.check();
        Body.note(note);
    }

    /// What the audit entry says of it, with the id by which the log tells of the redrive.
    Map<String, Object> parameters(String redriveId) {
        Map<String, Object> parameters = FilterForm.parameters(filter());
        parameters.put("redriveId", redriveId);
        max.ifPresent(it -> parameters.put("max", it));
        parameters.put("everything", isEverything());
        parameters.put("resetBudget", resetBudget.orElse(false));
        return parameters;
    }
}
