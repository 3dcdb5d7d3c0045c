package dev.winnow.membership;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One application for membership after cleaning, and the rules that it must keep.
///
/// @param name        the words of the name without titles and suffixes, a single space between them
/// @param mobileNo    the mobile number without spaces
/// @param email       the e-mail address
/// @param dateOfBirth the date of birth, or null when the source's is no date
@SuppressWarnings("MultipleNullnessAnnotations") // @Nullable is what a row may bring, @NotNull the rule against it
record Applicant(
        @NotBlank(message = "name.missing: the name is empty")
        String name,

        @MobileNumber(message = "mobile.invalid: the mobile number is not {digits} digits")
        String mobileNo,

        @EmailAddress(message = "email.invalid: the e-mail address is not well-formed")
        @EmailDomain(message = "email.domain: the e-mail domain is none of {domains}")
        String email,

        @NotNull(message = "birthday.invalid: the date of birth is not a date in a known format")
        @OfAge(message = "age.under: under {age} on {date}")
        @Nullable
        LocalDate dateOfBirth) {}
