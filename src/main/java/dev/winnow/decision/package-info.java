/// Record to verdict: each dataset's rules, stated once as constraints and applied to each record; no input, no output.
@NullMarked
package dev.winnow.decision;

import org.jspecify.annotations.NullMarked;
