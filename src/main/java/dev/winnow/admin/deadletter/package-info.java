/// The calls about dead letters and their redrives.
@NullMarked
package dev.winnow.admin.deadletter;

import org.jspecify.annotations.NullMarked;
