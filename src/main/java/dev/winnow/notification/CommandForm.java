package dev.winnow.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.winnow.file.FileId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Pattern;

/// The form of a [Command] in a message's body: `{"winnow":{"command":"consolidate","hour":"2026-11-24T08"}}`.
///
/// Fields that a command does not know are passed over, so that a scheduler may add its own.
public final class CommandForm {

    private static final DateTimeFormatter HOUR = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH")
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern FILE_ID = Pattern.compile("[0-9a-f]{24}");

    /// Anybody can put anything into a message, and an id is part of a key and of a log line.
    private static final Pattern REDRIVE_ID = Pattern.compile("[0-9a-f-]{24,36}");

    private CommandForm() {}

    /// The body that means the command.
    public static String write(Command command) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode fields = body.putObject("winnow");
        switch (command) {
            case Command.Sweep() -> fields.put("command", "sweep");
            case Command.Reconcile() -> fields.put("command", "reconcile");
            case Command.Consolidate(Optional<String> dataset, Optional<Instant> hour) -> {
                fields.put("command", "consolidate");
                dataset.ifPresent(name -> fields.put("dataset", name));
                hour.ifPresent(start -> fields.put("hour", hour(start)));
            }
            case Command.Redrive(String id) -> fields.put("command", "redrive").put("id", id);
            case Command.Reprocess(String dataset, FileId file, int replaces) ->
                fields.put("command", "reprocess")
                        .put("dataset", dataset)
                        .put("fileId", file.value())
                        .put("replaces", replaces);
        }
        return body.toString();
    }

    /// An hour as commands and calls write it: `2026-11-24T08`, UTC.
    public static String hour(Instant start) {
        return HOUR.format(start.atOffset(ZoneOffset.UTC));
    }

    /// The start of the hour that a text of this form names.
    public static Optional<Instant> hour(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, HOUR).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// What stands at `winnow` in a body.
    static Notification read(Place fields) throws UnreadableException {
        String name = fields.at("command").requiredText();
        return switch (name) {
            case "sweep" -> new Notification.Order(new Command.Sweep());
            case "reconcile" -> new Notification.Order(new Command.Reconcile());
            case "consolidate" ->
                new Notification.Order(
                        new Command.Consolidate(fields.at("dataset").text(), hour(fields.at("hour"))));
            case "redrive" -> new Notification.Order(new Command.Redrive(redriveId(fields.at("id"))));
            case "reprocess" -> new Notification.Order(reprocess(fields));
            default -> new Notification.UnknownOrder(name);
        };
    }

    private static Optional<Instant> hour(Place place) throws UnreadableException {
        Optional<Instant> hour = place.text().flatMap(CommandForm::hour);
        if (hour.isEmpty() && !place.node().isMissingNode()) {
            throw place.unreadable("is no hour such as 2026-11-24T08");
        }
        return hour;
    }

    private static String redriveId(Place id) throws UnreadableException {
        if (!REDRIVE_ID.matcher(id.requiredText()).matches()) {
            throw id.unreadable("is no id of a redrive");
        }
        return id.requiredText();
    }

    private static Command reprocess(Place fields) throws UnreadableException {
        Place file = fields.at("fileId");
        Place replaces = fields.at("replaces");
        if (!FILE_ID.matcher(file.requiredText()).matches()) {
            throw file.unreadable("is no file id");
        }
        if (!replaces.node().canConvertToInt() || replaces.node().intValue() < 1) {
            throw replaces.unreadable("is no generation");
        }
        return new Command.Reprocess(
                fields.at("dataset").requiredText(),
                new FileId(file.requiredText()),
                replaces.node().intValue());
    }
}
