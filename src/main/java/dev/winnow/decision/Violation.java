package dev.winnow.decision;

/// A broken rule, in words that hold nothing of the record's own values.
///
/// @param field   the record component in column spelling, such as `date_of_birth`; empty for the record as a whole
/// @param code    the rule's stable word, such as `birthday.invalid`
/// @param message the plain reason for the sender
public record Violation(String field, String code, String message) {}
