/// The SQS edge: messages come in, are kept in hand while their files are in work, and settle once.
@NullMarked
package dev.winnow.queue;

import org.jspecify.annotations.NullMarked;
