/// Dead letters: what was given up and why, as entries in the bucket with notices in the dead-letter queue.
@NullMarked
package dev.winnow.deadletter;

import org.jspecify.annotations.NullMarked;
