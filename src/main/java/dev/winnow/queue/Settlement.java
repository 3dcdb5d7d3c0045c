package dev.winnow.queue;

import java.time.Duration;

/// What becomes of a message once all its objects have been dealt with.
sealed interface Settlement {

    /// Everything it named has its end: it is deleted.
    record Done() implements Settlement {}

    /// Something it named could not be dealt with for now: it becomes visible again after a wait.
    record Again(Duration after) implements Settlement {}
}
