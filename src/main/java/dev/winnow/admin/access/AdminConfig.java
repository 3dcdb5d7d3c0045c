package dev.winnow.admin.access;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;

/// Who may make admin calls, and how much these may take.
@ConfigMapping(prefix = "winnow.admin")
public interface AdminConfig {

    /// Users by name, beside those that OIDC knows. Without both, nobody may make an admin call.
    Map<String, User> users();

    /// Dry runs over uploaded files.
    Validation validation();

    /// Someone who makes admin calls by name and password.
    interface User {

        /// The password, of 12 characters or more, or its bcrypt hash, as `htpasswd -nBC 12 NAME` makes it.
        String password();

        /// `viewer` sees everything, `operator` may also change it.
        @WithDefault("viewer")
        Role role();
    }

    /// How much dry runs may take.
    interface Validation {

        /// The largest upload, as it comes over the wire.
        @WithDefault("64M")
        MemorySize largestUpload();

        /// How many run at once.
        @WithDefault("2")
        @Min(1)
        @Max(100)
        int atOnce();

        /// How many may begin within a minute.
        @WithDefault("30")
        @Min(1)
        int perMinute();
    }
}
