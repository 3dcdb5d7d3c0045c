/// Dead letters sent back: which ones, how far it is, and what became of them.
@NullMarked
package dev.winnow.redrive;

import org.jspecify.annotations.NullMarked;
