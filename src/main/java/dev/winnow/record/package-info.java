/// Bytes to records: the header and the data rows of one file.
@NullMarked
package dev.winnow.record;

import org.jspecify.annotations.NullMarked;
