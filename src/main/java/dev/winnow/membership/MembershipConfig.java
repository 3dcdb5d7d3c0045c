package dev.winnow.membership;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.util.List;

/// The thresholds of the membership rules.
///
/// Safe for static initialisation because that is when Quarkus makes the constraint validators, which read them; on a
/// JVM, where that happens in every process, the values are those of its own environment.
@StaticInitSafe
@ConfigMapping(prefix = "winnow.membership")
public interface MembershipConfig {

    /// How many digits a mobile number has.
    @WithDefault("8")
    @Min(1)
    @Max(15)
    int mobileDigits();

    /// Where e-mail addresses may be: `.com` means every domain that ends so, `@example.org` exactly that domain.
    @WithDefault(".com,.net")
    @NotEmpty
    List<@Pattern(regexp = "[.@].+", message = "starts with neither . nor @") String> emailDomains();

    /// The age in years that an applicant must have reached on the reference date.
    @WithDefault("18")
    @Min(0)
    @Max(150)
    int minimumAge();

    /// The day on which ages are taken.
    @WithDefault("2022-01-01")
    LocalDate referenceDate();
}
