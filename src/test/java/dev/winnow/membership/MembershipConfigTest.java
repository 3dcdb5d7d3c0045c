package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MembershipConfigTest {

    @Test
    void defaultsAreThoseOfTheContract() {
        MembershipConfig config = MembershipRules.config(Map.of());
        assertThat(config.mobileDigits()).isEqualTo(8);
        assertThat(config.emailDomains()).containsExactly(".com", ".net");
        assertThat(config.minimumAge()).isEqualTo(18);
        assertThat(config.referenceDate()).isEqualTo(LocalDate.of(2022, 1, 1));
    }
}
