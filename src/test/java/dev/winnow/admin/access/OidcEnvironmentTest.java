package dev.winnow.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

/// The service takes tokens where an OIDC server is named, and has no tenant elsewhere.
final class OidcEnvironmentTest {

    @Test
    void namingTheServerIsAllThatTurnsOidcOn() {
        assertThat(enabled("https://login.example.org/realms/intake")).isTrue();
    }

    @Test
    void withoutAServerOidcIsOff() {
        assertThat(enabled("")).isFalse();
    }

    private static boolean enabled(String server) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredSources()
                .withDefaultValue("quarkus.oidc.auth-server-url", server)
                .build()
                .getValue("quarkus.oidc.tenant-enabled", Boolean.class);
    }
}
