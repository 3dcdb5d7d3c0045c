package dev.winnow.admin.upload;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Which file somebody wants to upload.
@Schema(description = "Which file is to be uploaded.", additionalProperties = Schema.False.class)
record UploadRequest(
        @Schema(required = true, examples = "membership") Optional<String> dataset,

        @Schema(
                required = true,
                type = SchemaType.STRING,
                pattern = "^[^/]*$",
                minLength = 1,
                maxLength = UploadRequest.LONGEST_NAME,
                description = "the file's name, without folders",
                examples = "members.csv")
        Optional<String> name) {

    static final int LONGEST_NAME = 200;

    /// Whether a name makes a key that every tool can handle.
    static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && !name.equals(".")
                && !name.equals("..")
                && name.codePoints()
                        .noneMatch(c -> c == '/'
                                || c == '\\'
                                || Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE);
    }
}
