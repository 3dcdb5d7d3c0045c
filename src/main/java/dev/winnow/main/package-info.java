/// The command line: the one way in, for the service, a batch, and a command sent.
@NullMarked
package dev.winnow.main;

import org.jspecify.annotations.NullMarked;
