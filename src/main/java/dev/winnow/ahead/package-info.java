/// Work begun before its result is needed, handed over in the order in which it was asked for.
@NullMarked
package dev.winnow.ahead;

import org.jspecify.annotations.NullMarked;
