package dev.winnow.admin.call;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.regex.Pattern;

/// What an answer repeats of the member that is wrong in a body: its name where it looks like one, for a caller may
/// have put a person's data there.
final class MemberName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    private MemberName() {}

    /// The member's name, or `body`.
    static String of(JsonMappingException e) {
        String name = e.getPath().isEmpty()
                ? ""
                : String.valueOf(e.getPath().getFirst().getFieldName());
        return NAME.matcher(name).matches() ? name : "body";
    }
}
