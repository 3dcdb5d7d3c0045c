package dev.winnow.admin.access;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Turns OIDC on where its server is named and leaves it off elsewhere, so that one key does.
public final class OidcEnvironment implements ConfigSourceFactory {

    /// Above `application.properties` (250), below system properties (400) and the environment (300).
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue server = context.getValue("quarkus.oidc.auth-server-url");
        boolean named = server != null
                && server.getValue() != null
                && !server.getValue().isEmpty();
        return List.of(new PropertiesConfigSource(
                Map.of("quarkus.oidc.tenant-enabled", Boolean.toString(named)), "OIDC server", ORDINAL));
    }
}
