package dev.winnow.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/// A place in a JSON body, present or not, which knows its path and so can say what is wrong where.
record Place(String path, JsonNode node) {

    /// The body itself.
    static Place root(JsonNode node) {
        return new Place("", node);
    }

    Place at(String field) {
        return new Place(path.isEmpty() ? field : path + '.' + field, node.path(field));
    }

    Place at(int index) {
        return new Place(path + '[' + index + ']', node.path(index));
    }

    boolean has(String field) {
        return node.has(field);
    }

    /// The text here; nothing where there is none, or where it is empty.
    Optional<String> text() {
        return node.isTextual() && !node.textValue().isEmpty() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /// The whole number of bytes here; nothing where there is no number, a fraction, or one no object can have.
    OptionalLong size() {
        boolean usable = node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
        return usable ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
    }

    String requiredText() throws UnreadableException {
        return text().orElseThrow(() -> unreadable("is missing or no text"));
    }

    /// What to throw because of this place: its path, then the complaint.
    UnreadableException unreadable(String complaint) {
        return new UnreadableException(path + ' ' + complaint);
    }
}
