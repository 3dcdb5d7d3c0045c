package dev.winnow.deadletter;

import dev.winnow.file.Reason;

/// On what grounds something is given up: the reason, and what exactly was wrong in a sentence.
public record Grounds(Reason reason, String detail) {}
