package dev.winnow.admin.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The JSON body of a call, which may be left out.
public final class Body {

    private Body() {}

    /// The body as a value of that type.
    ///
    /// @throws ProblemException when the JSON is of another form
    public static <T> T read(JsonNode json, Class<T> type) {
        if (!json.isObject()) {
            throw ProblemException.invalid("body", "must be a JSON object");
        }
        try {
            return AdminJson.JSON.treeToValue(json, type);
        } catch (JsonMappingException e) {
            throw ProblemException.invalid(MemberName.of(e), "is not known here, or not of this form");
        } catch (JsonProcessingException e) {
            throw ProblemException.invalid("body", "is not of this form");
        }
    }

    /// The body of calls that take a note and nothing else.
    public static Optional<String> note(@Nullable JsonNode json) {
        return json == null ? Optional.empty() : note(read(json, Note.class).note());
    }

    public static Optional<String> note(Optional<String> note) {
        if (note.filter(it -> it.codePointCount(0, it.length()) > Note.LONGEST).isPresent()) {
            throw ProblemException.invalid("note", "must have at most " + Note.LONGEST + " characters");
        }
        return note;
    }
}
