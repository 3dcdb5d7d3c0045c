/// Commands carried out: what a message of Winnow's own asks for, given to whoever does it.
@NullMarked
package dev.winnow.command;

import org.jspecify.annotations.NullMarked;
