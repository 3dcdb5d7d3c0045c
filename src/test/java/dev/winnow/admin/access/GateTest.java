package dev.winnow.admin.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A packaged service starts with no password that can be guessed.
final class GateTest {

    @ParameterizedTest
    @ValueSource(strings = {"winnow", "elevenchars", "äöüäöüäöüäö"})
    void aShortPasswordEndsTheStart(String password) {
        assertThatThrownBy(() -> start(password))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Cannot use winnow.admin.users.operator.password: it has fewer than 12 characters; change"
                        + " WINNOW_ADMIN_USERS_OPERATOR_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"winnow", "operator"})
    void theHashOfTheDefaultPasswordOrOfTheNameEndsTheStart(String password) {
        assertThatThrownBy(() -> start(BcryptUtil.bcryptHash(password, 4)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the hash of the default password or of the name");
    }

    @Test
    void aBrokenHashEndsTheStart() {
        assertThatThrownBy(() -> start("$2y$10$short"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("starts as a bcrypt hash does and is none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"twelve chars", "$2a$04$placeholder"})
    void anyOtherPasswordWillDo(String password) {
        String given = password.startsWith("$2") ? BcryptUtil.bcryptHash("twelve chars", 4) : password;

        assertThatCode(() -> start(given)).doesNotThrowAnyException();
    }

    @Test
    void withoutUsersAndWithoutOidcTheServiceStartsAndIsClosed() {
        assertThatCode(() -> new Gate(Settings.of(Map.of()), false, true).check(LaunchMode.NORMAL))
                .doesNotThrowAnyException();
    }

    private static void start(String password) {
        new Gate(Settings.of(Map.of("users.operator.password", password)), false, true).check(LaunchMode.NORMAL);
    }
}
