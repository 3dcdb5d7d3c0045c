package dev.winnow.main;

import java.util.Map;
import java.util.TreeMap;

/// What of the service a batch goes without: no queue is polled, no port is opened, no schedule runs.
final class BatchMode {

    private BatchMode() {}

    /// The settings that go before all others.
    ///
    /// @param isTerminal whether a progress bar is drawn, whose own lines tell of every file that does not go
    ///                   through
    static Map<String, String> settings(boolean isTerminal) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "mp.messaging.incoming.files.enabled", "false",
                "quarkus.http.host-enabled", "false",
                "quarkus.scheduler.enabled", "false",
                "winnow.schedule.cron", "off",
                "quarkus.oidc.tenant-enabled", "false",
                // The lines on stdout are the batch's own, and say of each file what the service's log would.
                "quarkus.log.console.stderr", "true",
                "quarkus.log.category.\"dev.winnow.intake\".level", "WARN",
                // These tell of the service's parts, and of the channel that is off.
                "quarkus.log.category.\"io.quarkus\".level", "WARN",
                "quarkus.log.category.\"io.smallrye.reactive.messaging.provider\".level", "ERROR"));
        if (isTerminal) {
            settings.put("quarkus.log.console.json.enabled", "false");
            settings.put("quarkus.log.console.level", "ERROR");
        }
        return settings;
    }
}
