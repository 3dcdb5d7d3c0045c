/// The batch: what lies under a prefix is taken in by listing it, beside the service or instead of it.
@NullMarked
package dev.winnow.batch;

import org.jspecify.annotations.NullMarked;
