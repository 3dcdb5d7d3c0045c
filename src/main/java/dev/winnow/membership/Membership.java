package dev.winnow.membership;

import dev.winnow.decision.Dataset;
import dev.winnow.decision.Fields;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Applications for membership: `name,email,date_of_birth,mobile_no`.
@Singleton
final class Membership implements Dataset<Applicant> {

    private static final int ADULT = 18;

    private final MembershipConfig config;
    private final LocalDate latestAdult;
    private final Fingerprints fingerprints = new Fingerprints();

    Membership(MembershipConfig config) {
        this.config = config;
        this.latestAdult = config.referenceDate().minusYears(ADULT);
    }

    @Override
    public String name() {
        return "membership";
    }

    @Override
    public List<String> columns() {
        return List.of("name", "email", "date_of_birth", "mobile_no");
    }

    @Override
    public Class<Applicant> type() {
        return Applicant.class;
    }

    @Override
    public Applicant read(Fields fields) {
        return new Applicant(
                PersonName.cleaned(fields.value("name")),
                Spaces.removed(fields.value("mobile_no")),
                Spaces.trimmed(fields.value("email")),
                CalendarDate.read(Spaces.trimmed(fields.value("date_of_birth"))));
    }

    @Override
    public List<String> derivedColumns() {
        return List.of("membership_id", "first_name", "last_name", "email", "date_of_birth", "mobile_no", "above_18");
    }

    @Override
    public List<String> derive(Applicant accepted) {
        LocalDate born = Objects.requireNonNull(accepted.dateOfBirth());
        String birthday = compact(born);
        PersonName name = PersonName.of(accepted.name());
        return List.of(
                name.last() + '_' + fingerprints.of(born, birthday),
                name.first(),
                name.last(),
                accepted.email(),
                birthday,
                accepted.mobileNo(),
                String.valueOf(!born.isAfter(latestAdult)));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "mobile-digits", String.valueOf(config.mobileDigits()),
                "email-domains", String.join(",", config.emailDomains()),
                "minimum-age", String.valueOf(config.minimumAge()),
                "reference-date", config.referenceDate().toString());
    }

    /// The date as `YYYYMMDD`, the form in which it is written and in which the membership id is made from it.
    private static String compact(LocalDate date) {
        int digits = (date.getYear() * 100 + date.getMonthValue()) * 100 + date.getDayOfMonth();
        return String.valueOf(100_000_000 + digits).substring(1);
    }
}
