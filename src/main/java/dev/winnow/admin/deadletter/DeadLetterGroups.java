package dev.winnow.admin.deadletter;

import dev.winnow.deadletter.DeadLetter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Dead letters by their reason, the commonest first.
@Schema(description = "Dead letters by their reason, the commonest first.")
public record DeadLetterGroups(
        @Schema(required = true, description = "how many match in all")
        long total,

        @Schema(required = true, description = "whether all dead letters were looked at; if not, there are more")
        boolean exact,

        @Schema(required = true) List<Group> groups) {

    private static final int LISTED = 3;

    /// The dead letters of one reason.
    @Schema(description = "The dead letters of one reason.")
    public record Group(
            @Schema(required = true, examples = "header.missing")
            String reason,

            @Schema(required = true) long count,

            @Schema(required = true, description = "when the first of them was given up for the first time")
            Instant firstAt,

            @Schema(required = true, description = "when the latest of them was given up")
            Instant lastAt,

            @Schema(required = true, description = "the commonest details")
            List<Count> details,

            @Schema(required = true, description = "the folders in which most of them lie")
            List<Count> prefixes,

            @Schema(required = true, description = "the latest of them")
            DeadLetter sample) {}

    /// How many are alike in something.
    @Schema(description = "How many are alike in something.")
    public record Count(
            @Schema(required = true) String what,
            @Schema(required = true) long count) {}

    static DeadLetterGroups of(List<DeadLetter> letters, boolean exact) {
        return new DeadLetterGroups(
                letters.size(),
                exact,
                letters.stream()
                        .collect(Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .map(DeadLetterGroups::group)
                        .sorted(Comparator.comparingLong(Group::count).reversed())
                        .toList());
    }

    private static Group group(List<DeadLetter> letters) {
        DeadLetter latest = letters.stream()
                .max(Comparator.comparing(DeadLetter::at).thenComparing(DeadLetter::id))
                .orElseThrow();
        return new Group(
                latest.reason(),
                letters.size(),
                letters.stream()
                        .map(DeadLetter::firstAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                latest.at(),
                commonest(letters, DeadLetter::detail),
                commonest(letters, DeadLetterGroups::prefix),
                latest);
    }

    private static String prefix(DeadLetter letter) {
        return letter.key()
                .map(key -> key.substring(0, key.lastIndexOf('/') + 1))
                .filter(it -> !it.isEmpty())
                .orElse("");
    }

    private static List<Count> commonest(List<DeadLetter> letters, Function<DeadLetter, String> what) {
        return letters.stream()
                .map(what)
                .filter(it -> !it.isEmpty())
                .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(LISTED)
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .toList();
    }
}
