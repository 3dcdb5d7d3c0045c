package dev.winnow.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.record.Header;
import dev.winnow.record.SourceRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The datasets as the container finds them, under thresholds from the configuration.
@QuarkusTest
@TestProfile(DatasetsWiringTest.OtherThresholds.class)
final class DatasetsWiringTest {

    public static final class OtherThresholds implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "winnow.membership.mobile-digits", "10",
                    "winnow.membership.email-domains", ".org",
                    "winnow.membership.minimum-age", "21",
                    "winnow.roster.mail-domain", "example.net");
        }
    }

    @Inject
    Datasets datasets;

    @Test
    void everyDatasetOnTheClassPathIsKnown() {
        assertThat(datasets.names()).contains("membership", "roster");
    }

    @Test
    void membershipIsDecidedByTheConfiguredThresholds() {
        assertThat(decide("membership", "A", "a@b.com", "2001-01-02", "12345678"))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.violations())
                                .extracting(Violation::message)
                                .containsExactly(
                                        "the mobile number is not 10 digits",
                                        "the e-mail domain is none of .org",
                                        "under 21 on 2022-01-01"));
    }

    @Test
    void secondDatasetIsDecidedBesideIt() {
        assertThat(decide("roster", "004711", "ann", "2026-01-01"))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> assertThat(accepted.derived()).contains("ann@example.net"));
    }

    private Decision decide(String dataset, String... values) {
        Rules rules = datasets.find(dataset).orElseThrow();
        return rules.judge(new Header(rules.columns())).decide(new SourceRecord.Row(2, List.of(values)));
    }
}
