@NullMarked
package dev.winnow.admin;

import org.jspecify.annotations.NullMarked;
