/// A second dataset, as docs/adding-a-dataset.md shows it: nothing outside this package knows of it.
@NullMarked
package dev.winnow.roster;

import org.jspecify.annotations.NullMarked;
