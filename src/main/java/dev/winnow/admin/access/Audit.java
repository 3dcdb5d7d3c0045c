package dev.winnow.admin.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.winnow.admin.call.AdminJson;
import dev.winnow.admin.call.ProblemException;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Layout;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// The trail of who changed what, in the bucket and in the log.
@Singleton
public final class Audit {

    private static final Logger LOG = Logger.getLogger("dev.winnow.audit");

    private final ObjectStore store;
    private final Layout layout;
    private final Clock clock;
    private final SecurityIdentity caller;

    public Audit(ObjectStore store, Layout layout, Clock clock, SecurityIdentity caller) {
        this.store = store;
        this.layout = layout;
        this.clock = clock;
        this.caller = caller;
    }

    /// Notes that the caller of this request asks for a change. Whoever makes the change calls this first: without an
    /// entry there is none.
    ///
    /// @param call       the `operationId`
    /// @param parameters JSON values by name, no person's data among them
    /// @return the entry's id
    /// @throws StoreUnavailableException when no entry could be written
    public String enter(String call, Map<String, ?> parameters, Optional<String> note) {
        AuditEntry entry = write(call, parameters, note, Optional.empty());
        LOG.infof("%s: who=%s id=%s %s", call, quoted(entry.who()), entry.id(), quoted(entry.parameters()));
        return entry.id();
    }

    /// Makes the change that an entry asks for. Where it is refused after all, since somebody else came first, a second
    /// entry says so, and nobody takes the first for done.
    ///
    /// @param id the entry's
    public <T> T change(String id, String call, Supplier<T> change) {
        try {
            return change.get();
        } catch (ProblemException e) {
            try {
                AuditEntry entry = write(call, Map.of("entry", id), Optional.empty(), Optional.of(e.detail()));
                LOG.infof(
                        "%s refused: who=%s id=%s %s: %s",
                        call, quoted(entry.who()), entry.id(), quoted(entry.parameters()), e.detail());
            } catch (StoreUnavailableException outage) {
                e.addSuppressed(outage);
            }
            throw e;
        }
    }

    private AuditEntry write(String call, Map<String, ?> parameters, Optional<String> note, Optional<String> refused) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = UUID.randomUUID().toString();
        AuditEntry entry = new AuditEntry(
                AuditEntry.SCHEMA,
                id,
                at,
                caller.getPrincipal().getName(),
                new TreeSet<>(caller.getRoles()),
                call,
                AuditEntry.parameters(parameters),
                note,
                refused);
        if (!store.createIfAbsent(layout.audit(at, id), json(entry), "application/json")) {
            throw new StoreUnavailableException("Cannot write the audit entry of " + call + ": the store refused it");
        }
        return entry;
    }

    private static byte[] json(AuditEntry entry) {
        try {
            return AdminJson.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an audit entry as JSON", e);
        }
    }

    /// As JSON, which leaves no line break to a name that was made to look like a line of its own.
    private static String quoted(Object value) {
        try {
            return AdminJson.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an audit entry as JSON", e);
        }
    }
}
