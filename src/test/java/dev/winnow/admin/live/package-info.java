/// Tests of what goes by.
@NullMarked
package dev.winnow.admin.live;

import org.jspecify.annotations.NullMarked;
