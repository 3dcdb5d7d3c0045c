package dev.winnow.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsersTest {

    private final Users users = new Users(Settings.of(Map.of(
            "users.ada.password",
            "correct horse battery",
            "users.ada.role",
            "operator",
            "users.bram.password",
            BcryptUtil.bcryptHash("staple of twelve", 4))));

    @Test
    void aUserIsKnownByNameAndPasswordEachTime() {
        assertThat(users.find("ada", "correct horse battery")).contains(Role.OPERATOR);
        assertThat(users.find("ada", "correct horse battery")).contains(Role.OPERATOR);
    }

    @Test
    void aHashedPasswordIsKnownAndItsUserIsAViewerWhereNothingIsSaid() {
        assertThat(users.find("bram", "staple of twelve")).contains(Role.VIEWER);
    }

    @ParameterizedTest
    @CsvSource({"ada,staple of twelve", "ada,''", "Ada,correct horse battery", "cosima,correct horse battery", "'',''"})
    void anyoneElseIsNobodyAlsoAfterARightPassword(String name, String password) {
        users.find("ada", "correct horse battery");

        assertThat(users.find(name, password)).isEmpty();
    }

    /// What `htpasswd -nbBC 4 dora 'winnowing basket'` prints.
    @Test
    void aHashAsHtpasswdMakesItWillDo() {
        Users dora = new Users(Settings.of(Map.of(
                "users.dora.password",
                BcryptUtil.bcryptHash("winnowing basket", 4).replaceFirst("2a", "2y"))));

        assertThat(dora.find("dora", "winnowing basket")).contains(Role.VIEWER);
        assertThat(dora.find("dora", "winnowing baskets")).isEmpty();
    }
}
