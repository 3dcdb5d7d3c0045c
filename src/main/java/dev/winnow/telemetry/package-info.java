/// What the service tells of itself: which meters there are, which spans, and what a log line may say of a fault.
@NullMarked
package dev.winnow.telemetry;

import org.jspecify.annotations.NullMarked;
