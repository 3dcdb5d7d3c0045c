package dev.winnow.pipeline;

import dev.winnow.decision.Rules;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Via;

/// What one attempt is to do: a file, under one snapshot of its dataset's rules.
///
/// @param attemptId names the attempt; no two attempts share one
record Assignment(SourceFile file, Rules rules, Via via, String attemptId) {}
