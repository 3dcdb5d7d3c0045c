/// An hour's outputs to one object: put together from receipts alone, and renewed when a file joins the hour late.
@NullMarked
package dev.winnow.consolidation;

import org.jspecify.annotations.NullMarked;
