/// The two queues: where they are, what is sent to them, and what one delivery of a message says.
@NullMarked
package dev.winnow.sqs;

import org.jspecify.annotations.NullMarked;
