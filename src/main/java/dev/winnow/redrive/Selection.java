package dev.winnow.redrive;

import dev.winnow.deadletter.DeadLetter;
import java.util.List;

/// The dead letters that a filter means, at this moment.
///
/// @param letters    those that would be sent, oldest first
/// @param overBudget how many more match but have come back too often
/// @param underWay   how many more match but are on their way already
/// @param left       how many more match but are beyond the limit that was asked for, or that there is
/// @param exact      whether all dead letters were looked at
public record Selection(List<DeadLetter> letters, int overBudget, int underWay, int left, boolean exact) {

    public Selection {
        letters = List.copyOf(letters);
    }
}
