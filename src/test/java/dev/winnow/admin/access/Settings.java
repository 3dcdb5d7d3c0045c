package dev.winnow.admin.access;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Collectors;

/// The settings of the admin calls as a test wants them.
public final class Settings {

    private Settings() {}

    /// Only these settings, and defaults.
    ///
    /// @param settings by name, without `winnow.admin.`
    public static AdminConfig of(Map<String, String> settings) {
        Map<String, String> keys = settings.entrySet().stream()
                .collect(Collectors.toMap(it -> "winnow.admin." + it.getKey(), Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .withMapping(AdminConfig.class)
                .build()
                .getConfigMapping(AdminConfig.class);
    }
}
