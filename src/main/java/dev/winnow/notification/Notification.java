package dev.winnow.notification;

import java.util.List;

/// What the body of one queue message says.
public sealed interface Notification {

    /// Events about objects, in the body's order; none where a body with no records was sent.
    ///
    /// Events come at least once and unordered, so the same object may be named twice, even within one body.
    record Objects(List<ObjectEvent> events) implements Notification {

        public Objects {
            events = List.copyOf(events);
        }
    }

    /// The message that S3 sends when a notification is configured on a bucket, to prove that it arrives.
    record TestEvent() implements Notification {}

    /// Winnow's own message, as `{"winnow":{"command":"sweep"}}`.
    record Order(Command command) implements Notification {}

    /// A message of Winnow's own form that asks for something which this version does not know.
    ///
    /// @param name the command as the body has it
    record UnknownOrder(String name) implements Notification {}

    /// A body that names nothing Winnow can act on, wholly or in part.
    ///
    /// One unreadable record makes the whole body unreadable: a message settles once, so reading the others and
    /// acknowledging it would hide the loss.
    ///
    /// @param detail why, in a sentence that holds field names and no values of the body
    record Unreadable(String detail) implements Notification {}
}
