/// The state of the service as it goes by: whole snapshots, one after another.
@NullMarked
package dev.winnow.admin.live;

import org.jspecify.annotations.NullMarked;
