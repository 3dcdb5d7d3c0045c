package dev.winnow.notification;

import dev.winnow.notification.Notification.Objects;
import dev.winnow.notification.Notification.Order;
import dev.winnow.notification.Notification.TestEvent;
import dev.winnow.notification.Notification.UnknownOrder;
import dev.winnow.notification.Notification.Unreadable;
import dev.winnow.notification.ObjectEvent.Created;
import dev.winnow.notification.ObjectEvent.Ignored;
import dev.winnow.notification.ObjectEvent.Incomplete;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A notification in the words of the `.cases` files. The key comes last, for it may hold spaces.
final class Meaning {

    private Meaning() {}

    static String of(Notification notification) {
        return switch (notification) {
            case Objects(List<ObjectEvent> events) ->
                events.isEmpty()
                        ? "no objects"
                        : events.stream().map(Meaning::of).collect(Collectors.joining("\n"));
            case TestEvent() -> "test event";
            case Order(Command command) -> "command " + CommandForm.write(command);
            case UnknownOrder(String name) -> "unknown command " + name;
            case Unreadable(String detail) -> "unreadable " + detail;
        };
    }

    private static String of(ObjectEvent event) {
        return switch (event) {
            case Created(var file) ->
                "created version=%s eTag=%s size=%d key=%s"
                        .formatted(file.versionId().orElse("-"), file.eTag(), file.size(), file.key());
            case Incomplete(String _, String key, Optional<String> version) ->
                "incomplete version=%s key=%s".formatted(version.orElse("-"), key);
            case Ignored(String key, var why) -> "ignored %s key=%s".formatted(why.code(), key);
        };
    }
}
