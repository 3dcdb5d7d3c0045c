/// The calls for operators over HTTP as a whole: their description, and those that ask for what the schedule does.
@NullMarked
package dev.winnow.admin;

import org.jspecify.annotations.NullMarked;
