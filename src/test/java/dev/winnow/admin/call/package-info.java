@NullMarked
package dev.winnow.admin.call;

import org.jspecify.annotations.NullMarked;
