/// The sweep: what lies in the incoming prefix unheard of is put through, so that a lost event loses nothing.
@NullMarked
package dev.winnow.sweep;

import org.jspecify.annotations.NullMarked;
