@NullMarked
package dev.winnow.decision;

import org.jspecify.annotations.NullMarked;
