/// The receipt that closes a file, and where in the bucket everything lies.
@NullMarked
package dev.winnow.receipt;

import org.jspecify.annotations.NullMarked;
