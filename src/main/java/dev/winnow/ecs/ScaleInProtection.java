package dev.winnow.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.queue.Workload;
import dev.winnow.telemetry.Instruments;
import dev.winnow.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Keeps ECS from taking this task away in a scale-in or a deployment while it has messages in hand.
///
/// Best effort, on a thread of its own that no work waits for: without protection the messages of a task that is
/// stopped
/// go back to the queue as ever. Outside of ECS it does nothing.
@Singleton
final class ScaleInProtection {

    private static final Logger LOG = Logger.getLogger("dev.winnow.ecs");

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Optional<Agent> agent;
    private final Workload work;
    private final MeterRegistry meters;
    private final Plan plan = new Plan();
    private final Thread watch = Thread.ofVirtual().name("scale-in protection").unstarted(this::watch);
    private boolean inTrouble;

    ScaleInProtection(EcsConfig config, ObjectMapper json, Workload work, MeterRegistry meters) {
        this.agent = config.agentUri().map(uri -> new Agent(uri, json, Agent.PATIENCE));
        this.work = work;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        if (agent.isPresent()) {
            watch.start();
        }
    }

    @PreDestroy
    void stop() {
        watch.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                look(Duration.ofNanos(System.nanoTime()));
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("no more protection: the service stops");
        }
    }

    /// Tells ECS what is due by now.
    void look(Duration now) {
        Due due = plan.due(now, work.size());
        if (due == Due.NOTHING || agent.isEmpty()) {
            return;
        }
        Optional<String> trouble = tell(agent.get(), due);
        if (trouble.isEmpty()) {
            plan.told(now, due);
        } else {
            plan.failed(now);
        }
        count(trouble.isEmpty() ? due.name().toLowerCase(Locale.ROOT) : "failed");
        log(due, trouble);
    }

    private static Optional<String> tell(Agent agent, Due due) {
        try {
            return due == Due.PROTECT ? agent.protect(Plan.EXPIRY) : agent.release();
        } catch (IOException | RuntimeException e) {
            // A bug must not end the watch either.
            return Optional.of(e.toString());
        }
    }

    /// Trouble is told once, and its end.
    private void log(Due due, Optional<String> trouble) {
        if (trouble.isPresent() && !inTrouble) {
            LOG.warnf(
                    "Cannot %s this task against scale-in, trying again until it works: %s",
                    due == Due.PROTECT ? "protect" : "release", trouble.get());
        } else if (trouble.isEmpty() && inTrouble) {
            LOG.info("ECS heeds the protection of this task again");
        }
        inTrouble = trouble.isPresent();
    }

    private void count(String result) {
        Meters.add(meters, Instruments.SCALE_IN_PROTECTION, 1, result);
    }
}
