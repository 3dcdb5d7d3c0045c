@NullMarked
package dev.winnow.ahead;

import org.jspecify.annotations.NullMarked;
