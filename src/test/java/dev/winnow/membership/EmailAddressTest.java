package dev.winnow.membership;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Email;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class EmailAddressTest {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();
    private static final Validator VALIDATOR = VALIDATORS.getValidator();

    record Ours(@EmailAddress(message = "") String address) {}

    record Library(@Email String address) {}

    @ParameterizedTest
    @CsvFileSource(resources = "addresses.csv", useHeadersInDisplayName = true, emptyValue = "")
    void addressIsWellFormedOrNot(String address, boolean wellFormed) {
        assertThat(isWellFormed(address)).isEqualTo(wellFormed);
    }

    @Test
    void lengthsAreThoseOfTheSpecification() {
        String host = "a".repeat(63) + '.' + "b".repeat(63) + '.' + "c".repeat(63);
        assertThat(isWellFormed("x".repeat(64) + "@example.com")).isTrue();
        assertThat(isWellFormed("x".repeat(65) + "@example.com")).isFalse();
        assertThat(isWellFormed("x@" + host + '.' + "d".repeat(63))).isTrue();
        assertThat(isWellFormed("x@" + host + '.' + "d".repeat(61) + ".e")).isTrue();
        assertThat(isWellFormed("x@" + host + '.' + "d".repeat(62) + ".e")).isFalse();
        assertThat(isWellFormed("x@" + "a".repeat(64) + ".com")).isFalse();
    }

    @Test
    void whatIsTakenTheLibraryTakesToo() {
        long seed = 5321;
        Random random = new Random(seed);
        String alphabet = "abzAZ09..--@@_+'\"!( ü";
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            String address = random.ints(1 + random.nextInt(10), 0, alphabet.length())
                    .mapToObj(at -> String.valueOf(alphabet.charAt(at)))
                    .collect(Collectors.joining());
            if (isWellFormed(address)) {
                taken++;
                assertThat(VALIDATOR.validate(new Library(address)))
                        .as("%s (seed %d, case %d)", address, seed, i)
                        .isEmpty();
            }
        }
        assertThat(taken).as("addresses taken, seed %d", seed).isGreaterThan(1_000);
    }

    private static boolean isWellFormed(String address) {
        return VALIDATOR.validate(new Ours(address)).isEmpty();
    }
}
