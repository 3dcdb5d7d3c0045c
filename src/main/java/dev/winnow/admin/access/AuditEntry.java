package dev.winnow.admin.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Who asked for what change and when: the entry under `audit/`, written before anything is done.
///
/// The JSON Schema is `dev/winnow/admin/access/audit.schema.json`.
///
/// @param schema     the version of this form, 1
/// @param call       the call's `operationId`, such as `reprocess`
/// @param parameters what the call was told, without the note, and as `redriveId` what an order made by it is called
/// @param note       the caller's own words
/// @param refused    why what an earlier entry, `entry` of the parameters, asks for was refused after all
@JsonPropertyOrder({"schema", "id", "at", "who", "roles", "call", "parameters", "note", "refused"})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AuditEntry(
        int schema,
        String id,
        Instant at,
        String who,
        SortedSet<String> roles,
        String call,
        SortedMap<String, Object> parameters,
        Optional<String> note,
        Optional<String> refused) {

    static final int SCHEMA = 1;

    static SortedMap<String, Object> parameters(Map<String, ?> given) {
        return new TreeMap<>(given);
    }
}
