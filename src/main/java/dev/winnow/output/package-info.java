/// Verdicts to parts: the outputs of one attempt, uploaded and left pending until the receipt commits them.
@NullMarked
package dev.winnow.output;

import org.jspecify.annotations.NullMarked;
