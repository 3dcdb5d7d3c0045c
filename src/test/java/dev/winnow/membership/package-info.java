@NullMarked
package dev.winnow.membership;

import org.jspecify.annotations.NullMarked;
