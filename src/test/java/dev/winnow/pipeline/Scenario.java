package dev.winnow.pipeline;

import static dev.winnow.pipeline.Disturbance.CONFLICT;
import static dev.winnow.pipeline.Disturbance.CRASH;
import static dev.winnow.pipeline.Disturbance.EXHAUSTED;
import static dev.winnow.pipeline.Disturbance.EXPIRY;
import static dev.winnow.pipeline.Disturbance.FAILURE;
import static dev.winnow.pipeline.Disturbance.LAPSE;
import static dev.winnow.pipeline.Disturbance.LOST_REPLY;
import static dev.winnow.pipeline.Disturbance.OTHER_RULES;
import static dev.winnow.pipeline.Disturbance.OVERWRITE;
import static dev.winnow.pipeline.Disturbance.REDRIVE;
import static dev.winnow.pipeline.Disturbance.REPROCESS;
import static dev.winnow.pipeline.Disturbance.REPROCESS_TWICE;
import static dev.winnow.pipeline.Disturbance.SAME_BYTES;

import dev.winnow.file.SourceFile;
import java.util.List;
import java.util.Set;

/// Where a walk through all states begins, and what may come in between on its ways.
///
/// @param workers    how many there are
/// @param rules      the number of the rules in force at the beginning
/// @param laterRules the number of those that [Disturbance#OTHER_RULES] puts in force
/// @param takenIn    whether the file was taken in before, under the first rules, and its source is gone; otherwise
///                   it is at its key
/// @param messages   that are in the queue at the beginning
/// @param most       how many disturbances one way has at most
/// @param possible   which these may be
record Scenario(
        int workers,
        int rules,
        int laterRules,
        boolean takenIn,
        List<Integer> messages,
        int most,
        Set<Disturbance> possible) {

    /// Rules under which both outcomes have records; others under which the same records part otherwise; and some by
    /// which the file cannot be read.
    static final List<People> RULES = List.of(
            new People(18, List.of("name", "age")),
            new People(40, List.of("name", "age")),
            new People(18, List.of("name", "age", "city")));

    static final int LENIENT = 0;
    static final int STRICT = 1;
    static final int POISONOUS = 2;

    static final SourceFile FILE = new Site().file(Site.FIRST);
    static final SourceFile OTHER = new Site().file(Site.SECOND);

    /// A file comes in. (An upload that expires after its source was overwritten is past what is promised.)
    static final Scenario TAKING_IN = event(
            LENIENT,
            STRICT,
            Set.of(CRASH, LAPSE, FAILURE, LOST_REPLY, CONFLICT, SAME_BYTES, OTHER_RULES, EXPIRY, EXHAUSTED));

    static final Scenario OVERWRITTEN = event(
            LENIENT, STRICT, Set.of(CRASH, LAPSE, FAILURE, LOST_REPLY, CONFLICT, SAME_BYTES, OTHER_RULES, OVERWRITE));

    /// A file cannot be read until the rules are mended, and its dead letter is moved back.
    static final Scenario GIVEN_UP = event(
            POISONOUS, LENIENT, Set.of(CRASH, LAPSE, FAILURE, LOST_REPLY, SAME_BYTES, OTHER_RULES, REDRIVE, EXHAUSTED));

    /// A file is decided again while it may still be coming in.
    static final Scenario REPROCESSED_AT_ONCE =
            event(LENIENT, STRICT, Set.of(CRASH, LAPSE, LOST_REPLY, OTHER_RULES, REPROCESS, REPROCESS_TWICE, EXPIRY));

    /// A file is decided again long after, and its event comes late once more.
    static final Scenario REPROCESSED = new Scenario(
            2,
            STRICT,
            LENIENT,
            true,
            List.of(Moves.COMMAND, Moves.EVENT_MOVED_BACK),
            2,
            Set.of(
                    CRASH,
                    LAPSE,
                    FAILURE,
                    LOST_REPLY,
                    CONFLICT,
                    SAME_BYTES,
                    OTHER_RULES,
                    EXPIRY,
                    REPROCESS_TWICE,
                    EXHAUSTED));

    /// A file is to be decided again under rules by which it cannot be read.
    static final Scenario REPROCESSED_IN_VAIN = new Scenario(
            2,
            POISONOUS,
            STRICT,
            true,
            List.of(Moves.COMMAND),
            3,
            Set.of(CRASH, LAPSE, FAILURE, LOST_REPLY, OTHER_RULES, SAME_BYTES, REDRIVE, REPROCESS_TWICE, EXHAUSTED));

    /// Three messages of one file, and three workers at them.
    static final Scenario CROWDED = new Scenario(
            3,
            LENIENT,
            STRICT,
            false,
            List.of(Moves.EVENT, Moves.EVENT_AGAIN, Moves.EVENT_MOVED_BACK),
            1,
            Set.of(OTHER_RULES));

    private static Scenario event(int rules, int laterRules, Set<Disturbance> possible) {
        return new Scenario(2, rules, laterRules, false, List.of(Moves.EVENT), 3, possible);
    }
}
