package dev.winnow.redrive;

import java.util.Optional;
import java.util.OptionalInt;

/// What an operator asks for.
///
/// @param id          of the redrive to be; the same id twice is the same order
/// @param most        at most so many letters, the oldest first
/// @param resetBudget whether letters that have come back too often go too, and all start anew
public record Order(
        String id, String by, Optional<String> note, Filter filter, OptionalInt most, boolean resetBudget) {}
