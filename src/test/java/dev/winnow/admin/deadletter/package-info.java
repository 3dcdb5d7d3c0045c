@NullMarked
package dev.winnow.admin.deadletter;

import org.jspecify.annotations.NullMarked;
