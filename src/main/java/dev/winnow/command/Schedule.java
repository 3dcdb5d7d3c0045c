package dev.winnow.command;

import dev.winnow.notification.Command;
import dev.winnow.sqs.Outbox;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/// The hourly schedule, for set-ups in which nothing outside sends its commands: dev mode and small ones.
@Singleton
final class Schedule {

    private static final Logger LOG = Logger.getLogger(Schedule.class);

    private final ScheduleConfig config;
    private final Scheduler scheduler;
    private final Outbox outbox;

    Schedule(ScheduleConfig config, Scheduler scheduler, Outbox outbox) {
        this.config = config;
        this.scheduler = scheduler;
        this.outbox = outbox;
    }

    void start(@Observes StartupEvent event) {
        if (!config.cron().equals(ScheduleConfig.OFF)) {
            scheduler
                    .newJob("hourly")
                    .setCron(config.cron())
                    .setTimeZone("UTC")
                    .setTask(execution -> ask())
                    .schedule();
        }
    }

    /// Asks for what is done by the hour. What cannot be asked for now is asked for an hour later.
    void ask() {
        try {
            outbox.send(new Command.Sweep());
            outbox.send(new Command.Consolidate(Optional.empty(), Optional.empty()));
        } catch (SdkException e) {
            LOG.warnf("Cannot ask for sweep and consolidation: %s", e.getMessage());
        }
    }
}
