package dev.winnow.admin.deadletter;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.Depth;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One page of the dead letters, the newest first.
@Schema(description = "One page of the dead letters, the newest first.")
public record DeadLetterPage(
        @Schema(required = true) List<DeadLetter> deadLetters,

        @Schema(required = true, description = "how many match of each reason, whichever reason was asked for")
        SortedMap<String, Long> reasons,

        @Schema(required = true, description = "whether all dead letters were looked at; if not, there are more")
        boolean exact,

        @Schema(
                required = true,
                description =
                        "about how many messages the dead-letter queue holds, also such as SQS itself moved and that have no "
                                + "entry before the next sweep: 'visible' ones, and 'hidden' ones that somebody looks at")
        Depth queue,

        @Schema(description = "the next page's cursor; absent on the last page")
        Optional<String> next) {}
