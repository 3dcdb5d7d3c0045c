package dev.winnow.admin.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.call.AdminJson;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The stream of snapshots. Every two seconds there is an event: `snapshot` where something has changed, or else
/// `heartbeat` with the time, so that a listener can tell silence from a broken line.
@Path("/admin/live")
@Singleton
public final class LiveResource {

    private static final Duration BEAT = Duration.ofSeconds(2);

    /// After that a listener calls again, with credentials that are looked at again.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Live live;
    private final ExecutorService threads;

    @Inject
    LiveResource(Live live, @VirtualThreads ExecutorService threads) {
        this.live = live;
        this.threads = threads;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Role.SEES, Role.CHANGES})
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> listen(@Context Sse sse) {
        AtomicReference<@Nullable Snapshot> told = new AtomicReference<>();
        return Multi.createFrom()
                .ticks()
                .every(BEAT)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(
                        _ -> Uni.createFrom().item(() -> event(sse, told)).runSubscriptionOn(threads))
                .select()
                .first(LONGEST);
    }

    private OutboundSseEvent event(Sse sse, AtomicReference<@Nullable Snapshot> told) {
        Snapshot now = live.snapshot();
        Snapshot before = told.getAndSet(now);
        return before != null && now.isLike(before)
                ? sse.newEvent("heartbeat", now.at().toString())
                : sse.newEvent("snapshot", json(now));
    }

    private static String json(Snapshot snapshot) {
        try {
            return AdminJson.JSON.writeValueAsString(snapshot);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a snapshot as JSON", e);
        }
    }
}
