@NullMarked
package dev.winnow.admin.access;

import org.jspecify.annotations.NullMarked;
