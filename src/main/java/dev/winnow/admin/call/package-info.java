/// The form of a call: its parameters and body, how far it is read, and the problem that answers it when it fails.
@NullMarked
package dev.winnow.admin.call;

import org.jspecify.annotations.NullMarked;
