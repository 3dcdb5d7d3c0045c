package dev.winnow.queue;

import dev.winnow.file.Reason;

/// On what grounds something is given up: the reason, and what exactly was wrong in a sentence.
record Grounds(Reason reason, String detail) {}
