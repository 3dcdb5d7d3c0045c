/// The operations console: pages served as they are, and what a browser is told about them.
@NullMarked
package dev.winnow.console;

import org.jspecify.annotations.NullMarked;
