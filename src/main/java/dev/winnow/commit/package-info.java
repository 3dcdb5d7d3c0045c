/// The commit protocol: from what was observed to what is to be done next, with no I/O in it.
@NullMarked
package dev.winnow.commit;

import org.jspecify.annotations.NullMarked;
