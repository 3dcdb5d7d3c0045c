package dev.winnow.admin.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Why a call failed, as RFC 9457 has it. Nothing of a file's records stands in one, and nothing of the service's
/// inside.
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "errors"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "Why a call failed, as RFC 9457 has it.")
public record Problem(
        @Schema(examples = "about:blank", required = true) String type,

        @Schema(description = "the status in words", examples = "Bad Request", required = true)
        String title,

        @Schema(examples = "400", required = true) int status,

        @Schema(description = "what exactly is wrong, in a sentence", required = true)
        String detail,

        @Schema(description = "the path of the call", examples = "/admin/files", required = true)
        String instance,

        @Schema(description = "what is wrong with each field")
        List<Fault> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /// What is wrong with one field of a call.
    @Schema(name = "Fault")
    public record Fault(
            @Schema(description = "the parameter or member", examples = "limit", required = true)
            String field,

            @Schema(examples = "must be from 1 to 1000", required = true)
            String message) {}
}
