package dev.winnow.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// When this service itself asks for sweep and consolidation.
@ConfigMapping(prefix = "winnow.schedule")
public interface ScheduleConfig {

    /// What stands for no schedule.
    String OFF = "off";

    /// A Quartz cron expression such as `0 7 * * * ?`, UTC, or `off`, where something outside sends the commands: a
    /// schedule of EventBridge or a CronJob. Every replica that has it asks, which does no harm.
    @WithDefault(OFF)
    String cron();
}
