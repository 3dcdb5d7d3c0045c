/// From bytes to records: unpacks a source, checks its charset, and reads it row by row in memory that does not grow.
@NullMarked
package dev.winnow.record;

import org.jspecify.annotations.NullMarked;
