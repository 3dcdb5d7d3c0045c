package dev.winnow.admin.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {

    private static final String PREFIX = "receipts/membership/";

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "März \u0001 😀/x"})
    void aCursorIsTheKeyItWasMadeOf(String name) {
        String cursor = Cursor.of("files", PREFIX, PREFIX + name);

        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.key("files", PREFIX, cursor)).isEqualTo(PREFIX + name);
    }

    @Test
    void withoutACursorAListingBegins() {
        assertThat(Cursor.key("files", PREFIX, "")).isEmpty();
    }

    @Test
    void aCursorOfAnotherListingIsRefused() {
        String cursor = Cursor.of("files", PREFIX, PREFIX + "a.json");

        assertThatThrownBy(() -> Cursor.key("others", PREFIX, cursor)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "abcdefgh", "%%%%", "AAAAAAAAAAAAAAAA", "ä"})
    void anythingElseIsRefused(String cursor) {
        assertThatThrownBy(() -> Cursor.key("files", PREFIX, cursor)).isInstanceOf(ProblemException.class);
    }
}
