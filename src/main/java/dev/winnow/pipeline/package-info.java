/// One file's way through: the protocol's steps carried out on the store.
@NullMarked
package dev.winnow.pipeline;

import org.jspecify.annotations.NullMarked;
