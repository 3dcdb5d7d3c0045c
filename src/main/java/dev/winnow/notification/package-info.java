/// From the body of a queue message to the objects, or the command, that it names.
@NullMarked
package dev.winnow.notification;

import org.jspecify.annotations.NullMarked;
