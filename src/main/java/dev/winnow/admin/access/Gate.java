package dev.winnow.admin.access;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Looks at the configured users when the service starts: with a password that can be guessed it does not.
@Singleton
final class Gate {

    private static final Logger LOG = Logger.getLogger("dev.winnow");

    /// The password of dev mode's users.
    static final String DEFAULT_PASSWORD = "winnow";

    private static final int SHORTEST_PASSWORD = 12;

    private final Map<String, AdminConfig.User> users;
    private final boolean tokens;
    private final boolean open;

    /// @param open whether there is a port through which somebody could call; a batch has none
    Gate(
            AdminConfig config,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean tokens,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean open) {
        this.users = config.users();
        this.tokens = tokens;
        this.open = open;
    }

    /// Runs before the service takes anything up.
    void start(@Observes @Priority(5) StartupEvent event) {
        if (open) {
            check(LaunchMode.current());
        }
    }

    /// @throws ConfigurationException when a user of a packaged service has a password that will not do
    void check(LaunchMode mode) {
        if (mode != LaunchMode.NORMAL) {
            users.forEach((name, user) -> {
                if (user.password().equals(DEFAULT_PASSWORD)) {
                    LOG.infof("admin calls take %s with the password %s", name, DEFAULT_PASSWORD);
                }
            });
            return;
        }
        users.forEach((name, user) -> weakness(name, user.password()).ifPresent(why -> {
            String key = "winnow.admin.users." + name + ".password";
            throw new ConfigurationException("Cannot use %s: %s; change %s".formatted(key, why, environment(key)));
        }));
        if (users.isEmpty() && !tokens) {
            LOG.warn(
                    "admin calls are closed to everyone: there is neither a user (WINNOW_ADMIN_USERS_NAME_PASSWORD) nor an"
                            + " OIDC server (QUARKUS_OIDC_AUTH_SERVER_URL)");
        }
    }

    /// The environment's form of a key.
    private static String environment(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Optional<String> weakness(String name, String password) {
        if (!Users.isHash(password)) {
            return password.codePointCount(0, password.length()) < SHORTEST_PASSWORD
                    ? Optional.of("it has fewer than %d characters".formatted(SHORTEST_PASSWORD))
                    : Optional.empty();
        }
        try {
            boolean guessed = BcryptUtil.matches(DEFAULT_PASSWORD, password) || BcryptUtil.matches(name, password);
            return guessed ? Optional.of("it is the hash of the default password or of the name") : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("it starts as a bcrypt hash does and is none");
        }
    }
}
