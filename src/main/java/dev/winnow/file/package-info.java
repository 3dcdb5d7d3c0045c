/// A file, and the reasons for which one cannot be taken in: the words every other package uses.
@NullMarked
package dev.winnow.file;

import org.jspecify.annotations.NullMarked;
